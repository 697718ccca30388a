/* Loaded before the C library (LD_PRELOAD): makes one call that changes something beneath a folder fail, or kills the
 * program there. Used by faults.rs.
 *
 * FAULT_UNDER  the folder
 * FAULT_AT     which call, from 1
 * FAULT_ERRNO  the error; 0 kills the program instead
 * FAULT_STAY   1: every later call fails as well, as on a disk that stays full
 * FAULT_MARK   a file that is made when the call comes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define NEXT(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static long seen;

static int under(const char *path) {
    const char *folder = getenv("FAULT_UNDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int under_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return under(path);
}

static int hit(void) {
    long at = atol(getenv("FAULT_AT") ? getenv("FAULT_AT") : "0");
    int stay = getenv("FAULT_STAY") != NULL;
    long now = __sync_add_and_fetch(&seen, 1);
    if (now != at && !(stay && at && now > at)) return 0;
    int mark = NEXT(open)(getenv("FAULT_MARK"), O_CREAT | O_WRONLY, 0600);
    if (mark >= 0) close(mark);
    int code = atoi(getenv("FAULT_ERRNO") ? getenv("FAULT_ERRNO") : "5");
    if (code == 0) kill(getpid(), SIGKILL);
    errno = code;
    return 1;
}

#define ON_FD(type, name, args, call) \
    type name args { if (under_fd(fd) && hit()) return -1; return NEXT(name) call; }

ON_FD(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n))
ON_FD(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o))
ON_FD(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o))
ON_FD(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))
ON_FD(int, ftruncate, (int fd, off_t n), (fd, n))
ON_FD(int, ftruncate64, (int fd, off64_t n), (fd, n))

int rename(const char *from, const char *to) { if (under(to) && hit()) return -1; return NEXT(rename)(from, to); }
int unlink(const char *path) { if (under(path) && hit()) return -1; return NEXT(unlink)(path); }
int mkdir(const char *path, mode_t mode) { if (under(path) && hit()) return -1; return NEXT(mkdir)(path, mode); }

#define ON_OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if ((flags & O_CREAT) && under(path) && hit()) return -1; \
        return NEXT(name)(path, flags, mode); \
    }
ON_OPEN(open)
ON_OPEN(open64)
