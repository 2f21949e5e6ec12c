data {
  int<lower=1> N;
  array[N] int<lower=1, upper=3> from_state;
  array[N] int<lower=1, upper=3> to_state;
  vector<lower=0>[N] months;
}
parameters {
  vector<lower=0>[4] rate;   // to fall ill, to recover, to die healthy, to die ill
}
model {
  matrix[3, 3] Q = [[-(rate[1] + rate[3]), rate[1], rate[3]], [rate[2], -(rate[2] + rate[4]), rate[4]], [0, 0, 0]];
  rate ~ lognormal(-2, 1);
  for (n in 1:N) target += log(matrix_exp(months[n] * Q)[from_state[n], to_state[n]]);
}
