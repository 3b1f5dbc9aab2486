import fc from 'fast-check';
import { seed } from './dice.ts';

// A run can be repeated, and a change is not blamed for what another seed would have found.
fc.configureGlobal({ seed });
