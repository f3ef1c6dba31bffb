/* A disk that becomes full: preloaded into a program, it lets write() put SPLINTERNET_DISK_BYTES bytes into files whose
   name ends with ".tmp", then fails with ENOSPC. Other files are not touched. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t used = 0;

static int is_temporary(int descriptor) {
  char link[64];
  char name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, name, sizeof name);
  return length > 4 && memcmp(name + length - 4, ".tmp", 4) == 0;
}

ssize_t write(int descriptor, const void* data, size_t count) {
  ssize_t (*real_write)(int, const void*, size_t);
  *(void**)&real_write = dlsym(RTLD_NEXT, "write");
  const char* limit = getenv("SPLINTERNET_DISK_BYTES");
  if (limit == NULL || !is_temporary(descriptor)) return real_write(descriptor, data, count);
  const size_t free_bytes = strtoull(limit, NULL, 10) - used;
  if (free_bytes == 0) {
    errno = ENOSPC;
    return -1;
  }
  const ssize_t written = real_write(descriptor, data, count < free_bytes ? count : free_bytes);
  if (written > 0) used += (size_t)written;
  return written;
}
