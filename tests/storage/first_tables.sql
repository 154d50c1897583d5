PRAGMA application_id = 1465078864;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'workshop-tui','_m001_first_tables','2026-11-22 04:25:19.745420+00:00');
CREATE TABLE about (
        place TEXT PRIMARY KEY,
        words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO "about" VALUES('_sqlite_migrations','Which versions of these tables were made when; used by the program.');
INSERT INTO "about" VALUES('about','This table: what every table and column holds.');
INSERT INTO "about" VALUES('about.place','The name of a table, or of a column as table.column.');
INSERT INTO "about" VALUES('about.words','What it holds.');
INSERT INTO "about" VALUES('ballot','The live ballot of each voter in each round, in no order and without a time.');
INSERT INTO "about" VALUES('ballot.choice','What was chosen, JSON; empty for a skip.');
INSERT INTO "about" VALUES('ballot.mark','HMAC-SHA-256, 32 bytes each, of the last sendings under the round''s key, newest first: a resend counts once.');
INSERT INTO "about" VALUES('ballot.revision','1 for the first, one more for each change.');
INSERT INTO "about" VALUES('ballot.round','The round.');
INSERT INTO "about" VALUES('ballot.voter','HMAC-SHA-256 of the phone''s name under the round''s key.');
INSERT INTO "about" VALUES('contribution','Stories, ideas and private words.');
INSERT INTO "about" VALUES('contribution.author','HMAC-SHA-256 of the phone''s name under the story key; empty once the workshop has ended.');
INSERT INTO "about" VALUES('contribution.body','The words, JSON; empty for private words once the workshop has ended.');
INSERT INTO "about" VALUES('contribution.consent','What its owner allows, C0 to C4.');
INSERT INTO "about" VALUES('contribution.contribution','A random name.');
INSERT INTO "about" VALUES('contribution.handling','new, read, approved for the big screen, or held back.');
INSERT INTO "about" VALUES('contribution.item','The item they were sent to.');
INSERT INTO "about" VALUES('contribution.kind','What sort of words they are.');
INSERT INTO "about" VALUES('contribution.minute','When it came, in minutes since 1970-01-01 00:00 UTC.');
INSERT INTO "about" VALUES('contribution.number','The order in which they came.');
INSERT INTO "about" VALUES('contribution.sha256','SHA-256 of what was sent, to know a resend; empty once private words are wiped.');
INSERT INTO "about" VALUES('contribution.sid','The phone''s own random id of the sending, so that a resend counts once.');
INSERT INTO "about" VALUES('held_author','Phones of which everything is held back, as in contribution.author; none once it has ended.');
INSERT INTO "about" VALUES('held_author.author','HMAC-SHA-256 of the phone''s name under the story key.');
INSERT INTO "about" VALUES('item','The agenda as planned and as it ran, one row for each item.');
INSERT INTO "about" VALUES('item.edited','1 when it was changed on the day before it was opened.');
INSERT INTO "about" VALUES('item.gathering_open','1 while phones may send words to it.');
INSERT INTO "about" VALUES('item.inserted','1 when it was added on the day.');
INSERT INTO "about" VALUES('item.item','The item''s name in this file.');
INSERT INTO "about" VALUES('item.kind','What phones do: the kind of vote or of gathering; empty for a timed item.');
INSERT INTO "about" VALUES('item.left_at','When it was last left.');
INSERT INTO "about" VALUES('item.minutes','The minutes it was given in the end.');
INSERT INTO "about" VALUES('item.opened_at','When it was first opened.');
INSERT INTO "about" VALUES('item.options','Options made from the room''s ideas, JSON list; empty list when there are none.');
INSERT INTO "about" VALUES('item.place','Its place as it ran, from 1.');
INSERT INTO "about" VALUES('item.planned_minutes','Its minutes as planned.');
INSERT INTO "about" VALUES('item.planned_place','Its place in the agenda as planned, from 1; empty for an item added on the day.');
INSERT INTO "about" VALUES('item.planned_title','Its title as planned.');
INSERT INTO "about" VALUES('item.question','What the room was asked; empty where nothing is asked.');
INSERT INTO "about" VALUES('item.reason','Why it was skipped.');
INSERT INTO "about" VALUES('item.running_since','When its timer last started; empty while it stands.');
INSERT INTO "about" VALUES('item.spent_ms','Time on its timer before that, in milliseconds.');
INSERT INTO "about" VALUES('item.status','planned, open, done or skipped.');
INSERT INTO "about" VALUES('item.title','Its title as it ran.');
INSERT INTO "about" VALUES('journal','Everything the facilitator did, first to last; never a vote, a story or a key. Each row''s hash covers the hash of the row before.');
INSERT INTO "about" VALUES('journal.actor','Who: the facilitator, or the room when its clock jumped.');
INSERT INTO "about" VALUES('journal.at','When.');
INSERT INTO "about" VALUES('journal.body','The whole event, JSON.');
INSERT INTO "about" VALUES('journal.hash','SHA-256 of prev followed by the JSON list [seq, at, actor, verb, body] without spaces.');
INSERT INTO "about" VALUES('journal.prev','The hash of the row before; for the first row SHA-256 of the session''s id, a space and agenda_sha256.');
INSERT INTO "about" VALUES('journal.seq','1 for the first row; no number is missing.');
INSERT INTO "about" VALUES('journal.verb','What happened.');
INSERT INTO "about" VALUES('note','Notes, concerns, actions and promises the facilitator wrote down.');
INSERT INTO "about" VALUES('note.at','When it was written.');
INSERT INTO "about" VALUES('note.dropped','1 when it was taken back.');
INSERT INTO "about" VALUES('note.due','The date it is due, as YYYY-MM-DD; empty when not said.');
INSERT INTO "about" VALUES('note.item','The item that was open; empty before the start.');
INSERT INTO "about" VALUES('note.kind','note, concern, action or promise.');
INSERT INTO "about" VALUES('note.note','A random name.');
INSERT INTO "about" VALUES('note.number','The order in which they came.');
INSERT INTO "about" VALUES('note.owner','Who will do it; empty when not said.');
INSERT INTO "about" VALUES('note.text','The words.');
INSERT INTO "about" VALUES('person','Phones that joined, in no order.');
INSERT INTO "about" VALUES('person.minute','When it joined, in minutes since 1970-01-01 00:00 UTC.');
INSERT INTO "about" VALUES('person.person','A random name.');
INSERT INTO "about" VALUES('person.token_hash','SHA-256 of the token in the phone''s cookie.');
INSERT INTO "about" VALUES('room','What the running program notes about itself; one row.');
INSERT INTO "about" VALUES('room.alive_ms','When the program last wrote to this file.');
INSERT INTO "about" VALUES('room.one','Always 1.');
INSERT INTO "about" VALUES('room.probes','How often writing was tried out after a fault.');
INSERT INTO "about" VALUES('room.starts','How often the file was opened to run.');
INSERT INTO "about" VALUES('room.stopped_in_order','1 when the program that last had this file closed it properly.');
INSERT INTO "about" VALUES('room.writes','How many commits were made.');
INSERT INTO "about" VALUES('round','Each opening of a vote.');
INSERT INTO "about" VALUES('round.closed_at','When votes were no longer taken.');
INSERT INTO "about" VALUES('round.config','The vote''s settings and options as they were asked, JSON.');
INSERT INTO "about" VALUES('round.item','The item it belongs to.');
INSERT INTO "about" VALUES('round.joined','Phones that had joined when it closed.');
INSERT INTO "about" VALUES('round.key','The key that ties ballots to phones; empty once destroyed, and in every copy.');
INSERT INTO "about" VALUES('round.key_destroyed','1 once the key was destroyed and the ballots were counted.');
INSERT INTO "about" VALUES('round.kind','The kind of vote.');
INSERT INTO "about" VALUES('round.number','1 for the first round of its item.');
INSERT INTO "about" VALUES('round.opened_at','When phones could start to vote.');
INSERT INTO "about" VALUES('round.present','People in the room when it closed, as counted by the facilitator.');
INSERT INTO "about" VALUES('round.question','The question as it was asked.');
INSERT INTO "about" VALUES('round.reason','Why it is void.');
INSERT INTO "about" VALUES('round.revealed_at','When the room first saw the result.');
INSERT INTO "about" VALUES('round.round','The round''s name: the item''s name, a dot, the number.');
INSERT INTO "about" VALUES('round.sealed_at','When its key was destroyed.');
INSERT INTO "about" VALUES('round.shown','1 while the room may see the result.');
INSERT INTO "about" VALUES('round.status','open, closed, sealed (nobody can link a ballot to a phone any more) or void (does not count).');
INSERT INTO "about" VALUES('sealed_count','What was counted when a round''s key was destroyed, to hold a recount against.');
INSERT INTO "about" VALUES('sealed_count.choice','The choice, JSON; empty for a skip.');
INSERT INTO "about" VALUES('sealed_count.count','How many made it.');
INSERT INTO "about" VALUES('sealed_count.round','The round.');
INSERT INTO "about" VALUES('session','What this session is; one row, fixed when the file was made. Times here and everywhere: milliseconds since 1970-01-01 00:00 UTC, unless a column says minutes.');
INSERT INTO "about" VALUES('session.address','The address printed in the QR code.');
INSERT INTO "about" VALUES('session.agenda','The agenda as it was understood, JSON.');
INSERT INTO "about" VALUES('session.agenda_file','The agenda file itself, byte for byte.');
INSERT INTO "about" VALUES('session.agenda_name','The file name of the agenda.');
INSERT INTO "about" VALUES('session.agenda_sha256','SHA-256 of the agenda file.');
INSERT INTO "about" VALUES('session.code','The code people typed to join.');
INSERT INTO "about" VALUES('session.created_at','When the file was made.');
INSERT INTO "about" VALUES('session.id','A random name, 16 hexadecimal digits.');
INSERT INTO "about" VALUES('session.one','Always 1.');
INSERT INTO "about" VALUES('session.port','The port printed in the QR code.');
INSERT INTO "about" VALUES('session.scheduled_start','When the agenda wanted to start; empty when it does not say.');
INSERT INTO "about" VALUES('session.story_key','The key that ties words to phones; destroyed when the workshop ends.');
CREATE TABLE ballot (
        round TEXT NOT NULL REFERENCES round,
        voter BLOB NOT NULL,
        choice TEXT,
        revision INTEGER NOT NULL,
        mark BLOB NOT NULL,
        PRIMARY KEY (round, voter)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "ballot" VALUES('i01.1',X'1AA5AF93923DD54455882E08E49B0BB803FBCD6C2EF93AB4F8B198E3BF269DD9',NULL,1,X'03311BBBB0590035FB5EF8C51C31F0FEDE207E480CA8E4C05BD8FA713438C2CD');
INSERT INTO "ballot" VALUES('i01.1',X'48CCB2A095DEDCD0F51ED4ED2E18ADCD5742A178D8E6A978899903958397AE50','"c"',3,X'62319697031BD55692C59F8A4059C67B701862445C6F063774E67409B0F4B12A');
INSERT INTO "ballot" VALUES('i01.1',X'837303D37141584C055FE91741924788AA1C1B7ABD1A8B66F485EA10B3A0CFAC','"a"',1,X'241363A39D6CEED53BCE423461C352485B8276FF4B0B8B698F393984524E8BAD');
INSERT INTO "ballot" VALUES('i01.2',X'2D6A4D212EB4315D6B306DAAFAD2E262B0F4E8069855AF321F4392FD649ABA66','"a"',1,X'8119363BC2BA737189CB1D2A8E6306AD854E81032C10C7B75C7FAA69B32EB9E0');
INSERT INTO "ballot" VALUES('i01.3',X'F06356CDE9A93ECE4BB503DE6FDE89A30AFBB631C3BD1C1FA2D01954B26C569A','"a"',1,X'6B71950CD715D2B70E2E8C4C3918DD08FF75CCDE5E4438139C6CDE80228408EE');
CREATE TABLE contribution (
        number INTEGER PRIMARY KEY,
        contribution TEXT NOT NULL UNIQUE,
        item TEXT NOT NULL REFERENCES item,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        consent TEXT NOT NULL,
        author BLOB NOT NULL,
        handling TEXT NOT NULL CHECK (handling IN ('new', 'read', 'approved', 'held')),
        minute INTEGER NOT NULL,
        sid TEXT NOT NULL UNIQUE,
        sha256 BLOB NOT NULL
    ) STRICT;
INSERT INTO "contribution" VALUES(1,'c00001','i02','vignette','{"text":"story 1"}','C3',X'837303D37141584C055FE91741924788AA1C1B7ABD1A8B66F485EA10B3A0CFAC','approved',29333333,'00000000000000000000000000000001',X'E31F4165C2AD23FE5A73C09B3F005ED7D9FB9C35BC75FF534775114F9958E7FD');
INSERT INTO "contribution" VALUES(2,'c00002','i02','vignette','{"text":"story 2"}','C3',X'48CCB2A095DEDCD0F51ED4ED2E18ADCD5742A178D8E6A978899903958397AE50','new',29333333,'00000000000000000000000000000002',X'EB84E450715463213713AE31ACC45B7EFB7BE514E451331CCB64E9289DCCA6F3');
INSERT INTO "contribution" VALUES(3,'c00003','i02','private','what only the facilitator may read','C0',X'1AA5AF93923DD54455882E08E49B0BB803FBCD6C2EF93AB4F8B198E3BF269DD9','new',29333333,'00000000000000000000000000000003',X'87179FDE0139F222D81263A12FD476500B0E934EE1D8FBC22B17D7F554E7D25C');
CREATE TABLE held_author (
        author BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
INSERT INTO "held_author" VALUES(X'48CCB2A095DEDCD0F51ED4ED2E18ADCD5742A178D8E6A978899903958397AE50');
CREATE TABLE item (
        item TEXT PRIMARY KEY,
        planned_place INTEGER,
        planned_title TEXT,
        planned_minutes INTEGER,
        place INTEGER NOT NULL,
        title TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        question TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('planned', 'open', 'done', 'skipped')),
        opened_at INTEGER,
        left_at INTEGER,
        running_since INTEGER,
        spent_ms INTEGER NOT NULL,
        gathering_open INTEGER NOT NULL,
        inserted INTEGER NOT NULL,
        edited INTEGER NOT NULL,
        reason TEXT NOT NULL,
        options TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO "item" VALUES('i01',1,'What first?',10,1,'What first?',12,'What comes first?','single','done',1760000000000,1760000000020,NULL,12,0,0,0,'','[]');
INSERT INTO "item" VALUES('i02',2,'Stories',20,3,'Stories',20,'','vignette','open',1760000000020,NULL,1760000000020,0,0,0,0,'','[]');
INSERT INTO "item" VALUES('i03',3,'Break',15,4,'A longer break',25,'','','skipped',NULL,NULL,NULL,0,0,0,1,'running late','[]');
INSERT INTO "item" VALUES('i04',NULL,NULL,NULL,2,'One more thing',5,'Anything else?','','planned',NULL,NULL,NULL,0,0,1,0,'','[{"key":"a","text":"Fewer forms","other":false,"texts":[]},{"key":"b","text":"One number","other":false,"texts":[]},{"key":"c","text":"ØÙ 🙂","other":true,"texts":[]}]');
CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        verb TEXT NOT NULL,
        body TEXT NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT;
INSERT INTO "journal" VALUES(1,1760000000000,'facilitator','PresentSet','{"type":"PresentSet","at":1760000000000,"people":42}',X'BDED7CD0B90C02C2079F92154EBE6C61542CD41C44FEAD6A4C24E0EDB3A1135B',X'7658F6D5EBFA3CBA9C4F6614254D9FD3094FA1A7B7614A44218AA49D50C9D9F6');
INSERT INTO "journal" VALUES(2,1760000000000,'facilitator','ScreenSet','{"type":"ScreenSet","at":1760000000000,"screen":{"mode":"join","subject":""}}',X'7658F6D5EBFA3CBA9C4F6614254D9FD3094FA1A7B7614A44218AA49D50C9D9F6',X'9A7BF74EC5356379D4D423D532946AD9620A995549BA120E87CB3610C231CE6A');
INSERT INTO "journal" VALUES(3,1760000000000,'facilitator','WorkshopStarted','{"type":"WorkshopStarted","at":1760000000000,"planned_end":1760002700000,"late_ms":0}',X'9A7BF74EC5356379D4D423D532946AD9620A995549BA120E87CB3610C231CE6A',X'EF0C0B62C087F5F1DA33735AE8B95F962858B538F990AFE5345D63AF8406A6DA');
INSERT INTO "journal" VALUES(4,1760000000000,'facilitator','ItemOpened','{"type":"ItemOpened","at":1760000000000,"item":"i01"}',X'EF0C0B62C087F5F1DA33735AE8B95F962858B538F990AFE5345D63AF8406A6DA',X'078ED4C3673E1339B69271A684C5EA345BB2988EDED5B976606B4B296BB0E172');
INSERT INTO "journal" VALUES(5,1760000000000,'facilitator','RoundOpened','{"type":"RoundOpened","at":1760000000000,"round":"i01.1","item":"i01","number":1,"kind":"single","question":"What comes first?","config":{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}}',X'078ED4C3673E1339B69271A684C5EA345BB2988EDED5B976606B4B296BB0E172',X'9DFE77C43E95DBAF6E6362E351A271BC2C965B2439B1F6D48214FF0F9C95CDFE');
INSERT INTO "journal" VALUES(6,1760000000000,'facilitator','StepDone','{"type":"StepDone","at":1760000000000,"step":{"label":"opened vote 1","back":{"type":"CloseVote","at":0,"round":""},"again":{"type":"OpenVote","at":0,"key":""}}}',X'9DFE77C43E95DBAF6E6362E351A271BC2C965B2439B1F6D48214FF0F9C95CDFE',X'AB4F666D440BF9DC9001191DD2559266E18A7DE1D42387C897A3286720C6E48C');
INSERT INTO "journal" VALUES(7,1760000000000,'facilitator','StepUndone','{"type":"StepUndone","at":1760000000000,"dropped":false}',X'AB4F666D440BF9DC9001191DD2559266E18A7DE1D42387C897A3286720C6E48C',X'D1A049F3FC46FEE9D2551A18E0E74833559F357DCB4995A08B97E847E4C40C4F');
INSERT INTO "journal" VALUES(8,1760000000000,'facilitator','StepRedone','{"type":"StepRedone","at":1760000000000}',X'D1A049F3FC46FEE9D2551A18E0E74833559F357DCB4995A08B97E847E4C40C4F',X'923ECBF778022113F315D98F33AB953B56F69141297C5C9EE03B5597FE5FC100');
INSERT INTO "journal" VALUES(9,1760000000005,'facilitator','RoundClosed','{"type":"RoundClosed","at":1760000000005,"round":"i01.1","present":42,"joined":3}',X'923ECBF778022113F315D98F33AB953B56F69141297C5C9EE03B5597FE5FC100',X'4D5E5933B3B4273DE24E4933DF79BBE010C7CE8538AF05C04C5E628FE0913983');
INSERT INTO "journal" VALUES(10,1760000000006,'facilitator','RoundReopened','{"type":"RoundReopened","at":1760000000006,"round":"i01.1"}',X'4D5E5933B3B4273DE24E4933DF79BBE010C7CE8538AF05C04C5E628FE0913983',X'A4B89BB9101570BB0365694EB40874097235C2678619AEBBF3DD8BC194D40408');
INSERT INTO "journal" VALUES(11,1760000000009,'facilitator','RoundClosed','{"type":"RoundClosed","at":1760000000009,"round":"i01.1","present":40,"joined":3}',X'A4B89BB9101570BB0365694EB40874097235C2678619AEBBF3DD8BC194D40408',X'C82C70689ED787EE7E7FC4D1CD0BBE04AFF6584E3FF82374ABDC6A157B0B9318');
INSERT INTO "journal" VALUES(12,1760000000009,'facilitator','RoundSealed','{"type":"RoundSealed","at":1760000000009,"round":"i01.1"}',X'C82C70689ED787EE7E7FC4D1CD0BBE04AFF6584E3FF82374ABDC6A157B0B9318',X'8517D5AA8EEDBDE52B666A671D7D7FE523A5E4752B5E91AC6B73D87B7697D98B');
INSERT INTO "journal" VALUES(13,1760000000009,'facilitator','ResultRevealed','{"type":"ResultRevealed","at":1760000000009,"round":"i01.1"}',X'8517D5AA8EEDBDE52B666A671D7D7FE523A5E4752B5E91AC6B73D87B7697D98B',X'E0CCC6AC5EA796D1CDE7F84BA1FBF3F5C9EA1E655241F21C43E38171FE668445');
INSERT INTO "journal" VALUES(14,1760000000010,'facilitator','ResultHidden','{"type":"ResultHidden","at":1760000000010,"round":"i01.1"}',X'E0CCC6AC5EA796D1CDE7F84BA1FBF3F5C9EA1E655241F21C43E38171FE668445',X'B65E018C7A407A25A3D8D5BEB0B09FC9A4EF9FAE72C6ADE4442D73235E09F787');
INSERT INTO "journal" VALUES(15,1760000000000,'facilitator','RoundOpened','{"type":"RoundOpened","at":1760000000000,"round":"i01.2","item":"i01","number":2,"kind":"single","question":"What comes first?","config":{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}}',X'B65E018C7A407A25A3D8D5BEB0B09FC9A4EF9FAE72C6ADE4442D73235E09F787',X'0908E9113B0D63943B368C5EE6EDE38799A19F0C72A60630C4AF5C2164585A26');
INSERT INTO "journal" VALUES(16,1760000000011,'facilitator','RoundVoided','{"type":"RoundVoided","at":1760000000011,"round":"i01.2","reason":"wrong question"}',X'0908E9113B0D63943B368C5EE6EDE38799A19F0C72A60630C4AF5C2164585A26',X'B2E0229423E394155F969002F06D4A5B60C087301364A6186405368A882325FF');
INSERT INTO "journal" VALUES(17,1760000000012,'facilitator','TimerPaused','{"type":"TimerPaused","at":1760000000012}',X'B2E0229423E394155F969002F06D4A5B60C087301364A6186405368A882325FF',X'5903203BC5CA691E260AA31EAC296DAB28F4A099051F6C8A36C941CCC2F75A42');
INSERT INTO "journal" VALUES(18,1760000000013,'facilitator','TimerStarted','{"type":"TimerStarted","at":1760000000013}',X'5903203BC5CA691E260AA31EAC296DAB28F4A099051F6C8A36C941CCC2F75A42',X'8A3CFC587A41FC3F6BC5BD02B97E7DB9FEA9AFFF19EFE77670551E0962A083C0');
INSERT INTO "journal" VALUES(19,1760000000014,'room','ClockShifted','{"type":"ClockShifted","at":1760000000014,"by_ms":7,"slept":false,"away":false}',X'8A3CFC587A41FC3F6BC5BD02B97E7DB9FEA9AFFF19EFE77670551E0962A083C0',X'384DEEE5EDB2DA235C2E52904E0B4D53402FF15C2F8E8D931DDC3E9263567CCD');
INSERT INTO "journal" VALUES(20,1760000000000,'facilitator','MinutesSet','{"type":"MinutesSet","at":1760000000000,"minutes":[["i01",12],["i03",10]]}',X'384DEEE5EDB2DA235C2E52904E0B4D53402FF15C2F8E8D931DDC3E9263567CCD',X'5BE2D6A6755D46ABD3005EE0AEE7CC1047689AD3AEBA5BC6B9CDE8C2196583C1');
INSERT INTO "journal" VALUES(21,1760000000000,'facilitator','ItemReplaced','{"type":"ItemReplaced","at":1760000000000,"item":{"key":"i03","title":"A longer break","minutes":25,"type":"break","lead":"facilitator","say":"","question":"","capture":"","access":"Lift to the garden","protected":false,"activity":null,"texts":[]}}',X'5BE2D6A6755D46ABD3005EE0AEE7CC1047689AD3AEBA5BC6B9CDE8C2196583C1',X'80BA373F650170E46F779EFDF410FFB40914D638D732B306CB411F6FC5B8142E');
INSERT INTO "journal" VALUES(22,1760000000000,'facilitator','ItemInserted','{"type":"ItemInserted","at":1760000000000,"item":{"key":"i04","title":"One more thing","minutes":5,"type":"activity","lead":"facilitator","say":"","question":"Anything else?","capture":"","access":"","protected":false,"activity":null,"texts":[]},"after":"i01"}',X'80BA373F650170E46F779EFDF410FFB40914D638D732B306CB411F6FC5B8142E',X'8A5B40E11193EF51704C3091EF9FAB9B9E5C97CFB6B9C7848E0A0F49064EC003');
INSERT INTO "journal" VALUES(23,1760000000000,'facilitator','ItemSkipped','{"type":"ItemSkipped","at":1760000000000,"item":"i04","reason":"no time"}',X'8A5B40E11193EF51704C3091EF9FAB9B9E5C97CFB6B9C7848E0A0F49064EC003',X'45E6659C58EA49FBAA9041A6C5980F7B9F57EF2EE3D0F89B0EF2F1161DB2FBEE');
INSERT INTO "journal" VALUES(24,1760000000000,'facilitator','ItemRestored','{"type":"ItemRestored","at":1760000000000,"item":"i04"}',X'45E6659C58EA49FBAA9041A6C5980F7B9F57EF2EE3D0F89B0EF2F1161DB2FBEE',X'9755D33C9520C50099F008A86D96C96A4394FFEE7C258586867734DF1A9EF5F8');
INSERT INTO "journal" VALUES(25,1760000000000,'facilitator','ItemSkipped','{"type":"ItemSkipped","at":1760000000000,"item":"i03","reason":"running late"}',X'9755D33C9520C50099F008A86D96C96A4394FFEE7C258586867734DF1A9EF5F8',X'4881D96154DD334C4E72BE337F0074D601ACD1FD32CC2FD7BA6E1493AB087B35');
INSERT INTO "journal" VALUES(26,1760000000000,'facilitator','OptionsChosen','{"type":"OptionsChosen","at":1760000000000,"item":"i04","options":[{"key":"a","text":"Fewer forms","other":false,"texts":[]},{"key":"b","text":"One number","other":false,"texts":[]},{"key":"c","text":"ØÙ 🙂","other":true,"texts":[]}]}',X'4881D96154DD334C4E72BE337F0074D601ACD1FD32CC2FD7BA6E1493AB087B35',X'7E094BFA9A98EC3A854D251C22874A2BDB1D3C3F70169BECB1D6F9CE1230E35B');
INSERT INTO "journal" VALUES(27,1760000000020,'facilitator','ItemOpened','{"type":"ItemOpened","at":1760000000020,"item":"i02"}',X'7E094BFA9A98EC3A854D251C22874A2BDB1D3C3F70169BECB1D6F9CE1230E35B',X'16A599F8BB990936EC4292E41F7CC1C7706FFD12E60D7E2A4E881A78825D5651');
INSERT INTO "journal" VALUES(28,1760000000021,'facilitator','GatheringOpened','{"type":"GatheringOpened","at":1760000000021,"item":"i02"}',X'16A599F8BB990936EC4292E41F7CC1C7706FFD12E60D7E2A4E881A78825D5651',X'07A9940662835BA7CE2102BD2539C480A682827811414CCE95283B8225E91AC3');
INSERT INTO "journal" VALUES(29,1760000000000,'facilitator','Handled','{"type":"Handled","at":1760000000000,"contribution":"c00001","handling":"read"}',X'07A9940662835BA7CE2102BD2539C480A682827811414CCE95283B8225E91AC3',X'E8976D3412CDBB3FA70784900229A04C7F6B6C9393133EA7361E2EF6CB67BE47');
INSERT INTO "journal" VALUES(30,1760000000000,'facilitator','PhoneHeld','{"type":"PhoneHeld","at":1760000000000,"contribution":"c00002","hold":true}',X'E8976D3412CDBB3FA70784900229A04C7F6B6C9393133EA7361E2EF6CB67BE47',X'D96B52A23914AA74AB2EA3EB8A0640EA9B713B7FBF4E2C65D042652F3FCAA169');
INSERT INTO "journal" VALUES(31,1760000000030,'facilitator','GatheringClosed','{"type":"GatheringClosed","at":1760000000030,"item":"i02"}',X'D96B52A23914AA74AB2EA3EB8A0640EA9B713B7FBF4E2C65D042652F3FCAA169',X'5FD4A90E1460B8C5821435E1F8EF221A4B0E50E794F2DCE13909863CA5D70172');
INSERT INTO "journal" VALUES(32,1760000000000,'facilitator','NoteAdded','{"type":"NoteAdded","at":1760000000000,"key":"n1","kind":"action","item":"i01"}',X'5FD4A90E1460B8C5821435E1F8EF221A4B0E50E794F2DCE13909863CA5D70172',X'656B47BE35A01BD1C2EDB5903F4C69B5F4B97AAAAA8EF4F305050726CD287A66');
INSERT INTO "journal" VALUES(33,1760000000000,'facilitator','NoteDropped','{"type":"NoteDropped","at":1760000000000,"key":"n1","drop":true}',X'656B47BE35A01BD1C2EDB5903F4C69B5F4B97AAAAA8EF4F305050726CD287A66',X'93C87780A73A629C04FCA1BAF7A3B06E8B720A75118F8AC46166508DBAACD916');
INSERT INTO "journal" VALUES(34,1760000000040,'facilitator','RoundOpened','{"type":"RoundOpened","at":1760000000040,"round":"i01.3","item":"i01","number":3,"kind":"single","question":"What comes first?","config":{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}}',X'93C87780A73A629C04FCA1BAF7A3B06E8B720A75118F8AC46166508DBAACD916',X'0DBCF3582657E6695C06773AC481FA814F96E57387D30BF081CED79EBACC6CA8');
CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        note TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('note', 'concern', 'action', 'promise')),
        item TEXT NOT NULL,
        text TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT NOT NULL,
        at INTEGER NOT NULL,
        dropped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "note" VALUES(1,'n1','action','i01','Ring them','Chair','2026-12-24',1760000000000,1);
CREATE TABLE person (
        person TEXT PRIMARY KEY,
        token_hash BLOB NOT NULL UNIQUE,
        minute INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO "person" VALUES('p1',X'36011A943399E8FA0923FF1212E69C81A4B4C3BA1DD116CED8F43BF059D30E09',29333333);
INSERT INTO "person" VALUES('p2',X'8D45D4A819342DF111135642B7E7548E182B8F2AEB08DC05A0C2E454D07BDDD1',29333333);
INSERT INTO "person" VALUES('p3',X'428F4B84332A0EDF9EA73DCE319A21CF7E9926F3C43E17167FED88F3A89C7039',29333333);
CREATE TABLE room (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        alive_ms INTEGER NOT NULL DEFAULT 0,
        stopped_in_order INTEGER NOT NULL DEFAULT 1,
        starts INTEGER NOT NULL DEFAULT 0,
        writes INTEGER NOT NULL DEFAULT 0,
        probes INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "room" VALUES(1,1760000000000,1,1,26,0);
CREATE TABLE round (
        round TEXT PRIMARY KEY,
        item TEXT NOT NULL REFERENCES item,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        question TEXT NOT NULL,
        config TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'sealed', 'void')),
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        sealed_at INTEGER,
        revealed_at INTEGER,
        shown INTEGER NOT NULL,
        reason TEXT NOT NULL,
        present INTEGER,
        joined INTEGER NOT NULL,
        key BLOB,
        key_destroyed INTEGER NOT NULL DEFAULT 0,
        UNIQUE (item, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "round" VALUES('i01.1','i01',1,'single','What comes first?','{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}','sealed',1760000000000,1760000000009,1760000000009,1760000000009,0,'',40,3,NULL,1);
INSERT INTO "round" VALUES('i01.2','i01',2,'single','What comes first?','{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}','void',1760000000000,NULL,NULL,NULL,0,'wrong question',NULL,0,NULL,1);
INSERT INTO "round" VALUES('i01.3','i01',3,'single','What comes first?','{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}','open',1760000000040,NULL,NULL,NULL,0,'',NULL,0,X'746865207468697264206B6579',0);
CREATE TABLE sealed_count (
        round TEXT NOT NULL REFERENCES round,
        choice TEXT,
        count INTEGER NOT NULL,
        UNIQUE (round, choice)
    ) STRICT;
INSERT INTO "sealed_count" VALUES('i01.1',NULL,1);
INSERT INTO "sealed_count" VALUES('i01.1','"a"',1);
INSERT INTO "sealed_count" VALUES('i01.1','"c"',1);
INSERT INTO "sealed_count" VALUES('i01.2','"a"',1);
CREATE TABLE session (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        scheduled_start INTEGER,
        address TEXT NOT NULL,
        port INTEGER NOT NULL,
        story_key BLOB,
        agenda_name TEXT NOT NULL,
        agenda_sha256 TEXT NOT NULL,
        agenda TEXT NOT NULL,
        agenda_file BLOB NOT NULL
    ) STRICT;
INSERT INTO "session" VALUES(1,'0123456789abcdef','WXYZ',1760000000000,1760000060000,'192.168.8.2',8080,X'746865206B6579206F662065766572792073746F72792C203332206279746573','tell-it-once.toml','7d5855cd91ff4fc669cb1b6489dc051d0824d2b7f7ccdf0eb6efee0864b48a74','{"title":"Tell it once","stage":"improve","items":[{"key":"i01","title":"What first?","minutes":10,"type":"activity","lead":"facilitator","say":"","question":"What comes first?","capture":"","access":"","protected":false,"activity":{"kind":"single","config":{"options":[{"key":"a","text":"Fewer forms"},{"key":"b","text":"One number"},{"key":"c","text":"ØÙ 🙂"}]}},"texts":[]},{"key":"i02","title":"Stories","minutes":20,"type":"activity","lead":"facilitator","say":"","question":"","capture":"","access":"","protected":false,"activity":{"kind":"vignette","config":{}},"texts":[]},{"key":"i03","title":"Break","minutes":15,"type":"break","lead":"facilitator","say":"","question":"","capture":"","access":"","protected":false,"activity":null,"texts":[]}],"language":"en","languages":["en"],"start":"","purpose":"","engagement_kind":"co_production","proposal_state":"none","can_change":[],"cannot_change":[],"people":"","venue_access":"","baton_in":"","baton_out":[],"texts":[]}',X'7469746C65203D202254656C6C206974206F6E6365220A');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
