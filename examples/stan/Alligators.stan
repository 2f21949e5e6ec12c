data {
  int<lower=1> L;
  int<lower=1> K;
  array[L, 2, K] int<lower=0> eaten;
}
parameters {
  vector[K - 1] alpha;
  array[L - 1] vector[K - 1] lake;
  vector[K - 1] large;
}
model {
  alpha ~ normal(0, 5);
  large ~ normal(0, 2);
  for (l in 1:(L - 1)) lake[l] ~ normal(0, 2);
  for (l in 1:L) {
    for (s in 1:2) {
      vector[K] eta = append_row(0, alpha);
      if (l > 1) eta[2:K] += lake[l - 1];
      if (s > 1) eta[2:K] += large;
      eaten[l, s] ~ multinomial(softmax(eta));
    }
  }
}
