data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=2> K;
  array[J, I] int<lower=1, upper=K> grade;
}
parameters {
  vector[J] ability;
  vector<lower=0>[I] slope;
  array[I] ordered[K - 1] threshold;
}
model {
  ability ~ std_normal();
  slope ~ lognormal(0, 0.5);
  for (i in 1:I) {
    threshold[i] ~ normal(0, 3);
    for (j in 1:J) grade[j, i] ~ ordered_logistic(slope[i] * ability[j], threshold[i]);
  }
}
