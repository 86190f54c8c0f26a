/* The floor under one step: scores and gradients of B x N pairs, D wide, pair by pair, one thread, without Adam.
 * usage: floor USERS ITEMS BATCH NEGATIVES DIMENSION
 * Answers each line of standard input with the milliseconds of one more pass: see torch_peer.py. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static float *table(size_t n) {
  float *x = aligned_alloc(64, (n * sizeof(float) + 63) / 64 * 64);
  for (size_t i = 0; i < n; i++) x[i] = (rand() / (float)RAND_MAX - .5f) * .2f;
  return x;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  const size_t users = atoll(argv[1]), items = atoll(argv[2]), B = atoll(argv[3]), N = atoll(argv[4]), D = atoll(argv[5]);
  float *U = table(users * D), *V = table(items * D), *gU = table(B * D), *gV = table(items * D), *s = table(B * N);
  int *u = malloc(B * sizeof *u), *j = malloc(B * N * sizeof *j);
  printf("{\"ready\": \"plain C, -O3 -march=native, one thread\"}\n");
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    for (size_t b = 0; b < B; b++) u[b] = rand() % users;
    for (size_t p = 0; p < B * N; p++) j[p] = rand() % items;
    const double start = now();
    for (size_t b = 0; b < B; b++) {
      const float *restrict x = U + u[b] * D;
      for (size_t n = 0; n < N; n++) {
        const float *restrict y = V + j[b * N + n] * D;
        float sum = 0;
        for (size_t d = 0; d < D; d++) sum += x[d] * y[d];
        s[b * N + n] = sum;
      }
    }
    memset(gU, 0, B * D * sizeof *gU);
    memset(gV, 0, items * D * sizeof *gV);
    for (size_t b = 0; b < B; b++) {
      const float *restrict x = U + u[b] * D;
      float *restrict gx = gU + b * D;
      for (size_t n = 0; n < N; n++) {
        const size_t row = j[b * N + n];
        const float g = s[b * N + n], *restrict y = V + row * D;
        float *restrict gy = gV + row * D;
        for (size_t d = 0; d < D; d++) {
          gx[d] += g * y[d];
          gy[d] += g * x[d];
        }
      }
    }
    printf("{\"ms\": %.4f}\n", now() - start);
    fflush(stdout);
  }
  return 0;
}
