import fc from 'fast-check';

// A run can be repeated, and a change is not blamed for what another seed would have found. FC_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 4100) });
