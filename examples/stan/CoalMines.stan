data {
  int<lower=1> T;
  array[T] int<lower=0> disasters;
}
parameters {
  real<lower=0> early;
  real<lower=0> late;
}
model {
  vector[T] lp = rep_vector(-log(T), T);   // the first year of the late rate, summed out
  early ~ exponential(1);
  late ~ exponential(1);
  for (change in 1:T)
    for (t in 1:T)
      lp[change] += poisson_lpmf(disasters[t] | t < change ? early : late);
  target += log_sum_exp(lp);
}
