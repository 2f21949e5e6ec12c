data {
  int<lower=1> N;
  int<lower=1> E;
  array[E] int<lower=1, upper=N> node1;
  array[E] int<lower=1, upper=N> node2;
  vector[N] income;
  vector[N] price;
}
transformed data {
  matrix[N, N] W = rep_matrix(0, N, N);
  for (e in 1:E) {
    W[node1[e], node2[e]] = 1;
    W[node2[e], node1[e]] = 1;
  }
  for (n in 1:N) W[n] /= sum(W[n]);
}
parameters {
  real alpha;
  real beta;
  real<lower=0> sigma;
  real<lower=-1, upper=1> rho;
}
model {
  matrix[N, N] A = identity_matrix(N) - rho * W;
  alpha ~ normal(0, 5);
  beta ~ normal(0, 5);
  sigma ~ exponential(1);
  target += normal_lpdf(A * price | alpha + beta * income, sigma) + log_determinant(A);
}
