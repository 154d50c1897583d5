"""Which folders can be trusted with a session file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platforms import needs_posix
from workshop_tui.storage.folders import folder_problem

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/home /mnt/team nfs4 rw 0 0
//server/share /mnt/share\\040drive cifs rw 0 0
user@host:/ /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /media/stick vfat rw 0 0
/dev/sdc1 /media/card exfat rw 0 0
/dev/sdd1 /mnt/team/local ext4 rw 0 0
host /mnt/win 9p rw 0 0
"""


@pytest.mark.parametrize(
    "path",
    ["/home/ada/workshops/x.workshop", "/tmp/x.workshop", "/mnt/team/local/x.workshop", "/mnt/teamwork/x.workshop",
     "/home/ada/dropboxes/x.workshop", "/home/ada/onedrive.workshop"],
)  # fmt: skip
def test_a_folder_on_a_disk_of_this_computer_is_fine(path: str) -> None:
    assert folder_problem(Path(path), mounts=MOUNTS, environ={}) == ""


@needs_posix
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/mnt/team/x.workshop", "another computer"),
        ("/mnt/share drive/a/b/x.workshop", "another computer"),
        ("/mnt/far/x.workshop", "another computer"),
        ("/mnt/win/x.workshop", "another computer"),
        ("/media/stick/x.workshop", "memory stick"),
        ("/media/card/x.workshop", "memory stick"),
        ("/home/ada/Dropbox/x.workshop", "Dropbox"),
        ("/home/ada/Dropbox (Personal)/x.workshop", "Dropbox"),
        ("/home/ada/OneDrive - Some Trust/Workshops/x.workshop", "OneDrive"),
        ("/home/ada/Google Drive/x.workshop", "Google Drive"),
        ("/Users/ada/Library/CloudStorage/Box/x.workshop", "cloud drive"),
        ("/Users/ada/Library/Mobile Documents/x.workshop", "iCloud"),
        ("/home/ada/Nextcloud/x.workshop", "Nextcloud"),
    ],
)
def test_a_folder_that_is_synchronised_remote_or_fragile_is_named_with_the_reason(path: str, said: str) -> None:
    assert said in str(folder_problem(Path(path), mounts=MOUNTS, environ={}))


def test_the_folder_onedrive_names_in_the_environment_is_known(tmp_path: Path) -> None:
    problem = str(
        folder_problem(tmp_path / "a" / "x.workshop", mounts="", environ={"OneDriveCommercial": str(tmp_path)})
    )

    assert "OneDrive" in problem


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache"])
def test_a_folder_marked_by_a_program_that_synchronises_is_known(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()

    assert "copies everything" in str(folder_problem(tmp_path / "deep" / "x.workshop", mounts="", environ={}))


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")

    assert "Dropbox" in str(folder_problem(tmp_path / "plain" / "x.workshop", mounts="", environ={}))


def test_looking_makes_nothing(tmp_path: Path) -> None:
    folder_problem(tmp_path / "a" / "x.workshop")

    assert list(tmp_path.iterdir()) == []
