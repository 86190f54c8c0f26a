/* What this machine can do: the rates that floors are computed from.
 * usage: machine read|triad|rows|fma|fma128 THREADS
 * Each thread does the whole work on memory of its own. Answers each line of standard input with the milliseconds of one
 * more pass: see torch_peer.py. The work of a pass stands in src/cases/machine.ts too. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FLOATS = 1 << 26, TABLE_ROWS = 40000, DIMENSION = 64, PICKS = 1 << 20, STEPS = 20000000, SUMS = 16 };
typedef float v4 __attribute__((vector_size(16)));
typedef float v16 __attribute__((vector_size(64)));

static float *floats(size_t n) {
  float *x = aligned_alloc(64, n * sizeof(float));
  for (size_t i = 0; i < n; i++) x[i] = 1e-3f * (i & 1023);
  return x;
}

/* Sixteen sums, so that loads and not additions set the pace. */
static float read_all(const float *x, size_t n) {
  v16 sums[8] = {0};
  for (size_t i = 0; i < n; i += 128)
    for (int k = 0; k < 8; k++) sums[k] += *(const v16 *)(x + i + 16 * k);
  float total = 0;
  for (int k = 0; k < 8; k++) total += sums[k][0];
  return total;
}

static void triad(float *restrict a, const float *restrict b, const float *restrict c, size_t n) {
  for (size_t i = 0; i < n; i += 16) *(v16 *)(a + i) = *(const v16 *)(b + i) + 3 * *(const v16 *)(c + i);
}

static float rows(const float *table, const uint32_t *picks) {
  v16 sums[4] = {0};
  for (size_t p = 0; p < PICKS; p++)
    for (int k = 0; k < 4; k++) sums[k] += *(const v16 *)(table + (size_t)picks[p] * DIMENSION + 16 * k);
  return sums[0][0] + sums[1][0] + sums[2][0] + sums[3][0];
}

#define MULTIPLY_ADD(vector)                                          \
  vector sums[SUMS];                                                  \
  for (int k = 0; k < SUMS; k++) sums[k] = (vector){0} + (float)k;          \
  vector x = (vector){0} + .999f, y = (vector){0} + 1e-3f;            \
  __asm__ volatile("" : "+v"(x), "+v"(y));                            \
  for (size_t i = 0; i < STEPS; i++)                                  \
    for (int k = 0; k < SUMS; k++) sums[k] = sums[k] * x + y;         \
  float total = 0;                                                    \
  for (int k = 0; k < SUMS; k++) total += sums[k][0];                 \
  return total;

/* Sixteen lanes a step: at once where registers are that wide, else in two passes of eight. */
#ifdef __AVX512F__
static float fma_wide(void) { MULTIPLY_ADD(v16) }
#else
typedef float v8 __attribute__((vector_size(32)));
static float fma_half(void) { MULTIPLY_ADD(v8) }
static float fma_wide(void) { return fma_half() + fma_half(); }
#endif
static float fma_narrow(void) { MULTIPLY_ADD(v4) }

struct job {
  const char *work;
  float *a, *b, *c;
  uint32_t *picks;
};

static volatile float sink;

static void *pass(void *given) {
  struct job *j = given;
  if (!strcmp(j->work, "read")) sink = read_all(j->a, FLOATS);
  else if (!strcmp(j->work, "triad")) triad(j->a, j->b, j->c, FLOATS);
  else if (!strcmp(j->work, "rows")) sink = rows(j->a, j->picks);
  else if (!strcmp(j->work, "fma")) sink = fma_wide();
  else sink = fma_narrow();
  return NULL;
}

static struct job job_of(const char *work) {
  struct job j = {.work = work};
  const int streams = !strcmp(work, "read") ? 1 : !strcmp(work, "triad") ? 3 : 0;
  if (streams > 0) j.a = floats(FLOATS);
  if (streams > 1) j.b = floats(FLOATS), j.c = floats(FLOATS);
  if (!strcmp(work, "rows")) {
    j.a = floats((size_t)TABLE_ROWS * DIMENSION);
    j.picks = malloc(PICKS * sizeof *j.picks);
    for (size_t p = 0; p < PICKS; p++) j.picks[p] = rand() % TABLE_ROWS;
  }
  return j;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const int threads = atoi(argv[2]);
  if (threads < 1 || threads > 64) return 2;
  struct job jobs[64];
  pthread_t ids[64];
  for (int t = 0; t < threads; t++) jobs[t] = job_of(argv[1]);
  printf("{\"ready\": \"%s, %d thread%s\"}\n", argv[1], threads, threads > 1 ? "s" : "");
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int t = 1; t < threads; t++) pthread_create(&ids[t], NULL, pass, &jobs[t]);
    pass(&jobs[0]);
    for (int t = 1; t < threads; t++) pthread_join(ids[t], NULL);
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("{\"ms\": %.4f}\n", (to.tv_sec - from.tv_sec) * 1e3 + (to.tv_nsec - from.tv_nsec) / 1e6);
    fflush(stdout);
  }
  return 0;
}
