# Freed memory goes back to the process, not to the system: a training step asks for the same blocks again and again,
# and the system would clear every page anew. Large pages where the system grants them. Every small piece that is freed
# is joined with its neighbours at once (no caches of small pieces), or else it parts large blocks for ever.
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX-1} MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_-4294967296}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_-8589934592} GLIBC_TUNABLES="${GLIBC_TUNABLES-glibc.malloc.hugetlb=1:glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0}"
