/* Stands between a program and its disk: records what it writes, and makes the disk fail on demand.

   Loaded with LD_PRELOAD. Only files whose path contains FAULT_MATCH are touched. What can be asked for, by
   environment variable:

     FAULT_LOG=path          append every operation to this file, in order (see `record` for the format)
     FAULT_KILL_AT_WRITE=n   write half of the n-th write, then kill the process
     FAULT_EIO_AT_SYNC=n     let the n-th fsync fail once with EIO
     FAULT_SICK=path         let every fsync fail with EIO while this file exists
     FAULT_SICK_AT=n         make that file at the n-th fsync
     FAULT_SYNC_DELAY_MS=n   make every fsync take so much longer

   A program can also ask for itself: `kill_at_step(n)` kills it at the n-th step from then on. A step is a write (of
   which half is done), or a truncation, an unlink, a rename or the removal of a folder (which is not done).

   A line "ACK …" written to standard output is recorded too: it marks the moment at which somebody was promised
   that something is safe. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int log_fd = -1;
static const char *match, *sick;
static long writes, syncs, kill_at = -1, eio_at = -1, sick_at = -1, delay_ms;
static long steps, step_kill = -1;
static ssize_t (*real_write)(int, const void *, size_t);

void kill_at_step(long n) { steps = 0, step_kill = n; }

static void step(const char *path) {
    if (match && strstr(path, match) && ++steps == step_kill) raise(SIGKILL);
}

static long setting(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value ? atol(value) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    match = getenv("FAULT_MATCH");
    sick = getenv("FAULT_SICK");
    kill_at = setting("FAULT_KILL_AT_WRITE", -1);
    eio_at = setting("FAULT_EIO_AT_SYNC", -1);
    sick_at = setting("FAULT_SICK_AT", -1);
    delay_ms = setting("FAULT_SYNC_DELAY_MS", 0);
    const char *log = getenv("FAULT_LOG");
    if (log) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The path behind a descriptor; 0 when it is none of ours. Shared memory is never on a disk that matters. */
static int ours(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0 || !match) return 0;
    path[length] = 0;
    return strstr(path, match) && !strstr(path, "-shm");
}

/* One record: kind (1 byte), length of path (2), path, offset (8), length of data (4), data. */
static void record(char kind, const char *path, int64_t offset, uint32_t length, const void *data) {
    if (log_fd < 0) return;
    char head[4096 + 64];
    size_t at = 0;
    uint16_t path_length = strlen(path);
    head[at++] = kind;
    memcpy(head + at, &path_length, 2), at += 2;
    memcpy(head + at, path, path_length), at += path_length;
    memcpy(head + at, &offset, 8), at += 8;
    memcpy(head + at, &length, 4), at += 4;
    real_write(log_fd, head, at);
    if (length && data) real_write(log_fd, data, length);
}

#define PWRITE(NAME)                                                              \
    ssize_t NAME(int fd, const void *data, size_t size, off_t offset) {           \
        static ssize_t (*real)(int, const void *, size_t, off_t);                 \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                \
        char path[4096];                                                          \
        if (!ours(fd, path, sizeof path)) return real(fd, data, size, offset);    \
        if (++writes == kill_at || ++steps == step_kill) {                        \
            real(fd, data, size / 2, offset);                                     \
            raise(SIGKILL);                                                       \
        }                                                                         \
        ssize_t done = real(fd, data, size, offset);                              \
        if (done > 0) record('W', path, offset, done, data);                      \
        return done;                                                              \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define SYNC(NAME)                                                                \
    int NAME(int fd) {                                                            \
        static int (*real)(int);                                                  \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                \
        char path[4096];                                                          \
        if (!ours(fd, path, sizeof path)) return real(fd);                        \
        if (delay_ms) usleep(1000 * delay_ms);                                    \
        if (++syncs == sick_at) close(creat(sick, 0600));                         \
        if (syncs == eio_at || (sick && !access(sick, F_OK))) {                 \
            errno = EIO;                                                          \
            return -1;                                                            \
        }                                                                         \
        struct stat found;                                                        \
        int folder = !fstat(fd, &found) && S_ISDIR(found.st_mode);                \
        int done = real(fd);                                                      \
        if (!done) record(folder ? 'D' : 'S', path, 0, 0, 0);                     \
        return done;                                                              \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(NAME)                                                            \
    int NAME(int fd, off_t size) {                                                \
        static int (*real)(int, off_t);                                           \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                \
        char path[4096];                                                          \
        int known = ours(fd, path, sizeof path);                                  \
        if (known) step(path);                                                    \
        int done = real(fd, size);                                                \
        if (!done && known) record('T', path, size, 0, 0);  \
        return done;                                                              \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    step(path);
    int done = real(path);
    if (!done && match && strstr(path, match)) record('U', path, 0, 0, 0);
    return done;
}

int rename(const char *old, const char *new) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rename");
    step(old);
    int done = real(old, new);
    if (!done && match && strstr(new, match)) record('R', old, 0, strlen(new), new);
    return done;
}

int link(const char *old, const char *new) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "link");
    step(new);
    int done = real(old, new);
    if (!done && match && strstr(new, match)) record('L', old, 0, strlen(new), new);
    return done;
}

int rmdir(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rmdir");
    step(path);
    return real(path);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    if (fd == 1 && size > 4 && !memcmp(data, "ACK ", 4)) record('A', "", 0, size, data);
    return real_write(fd, data, size);
}
