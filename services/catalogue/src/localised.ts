export type { Localised } from '@okienko/chassis/validation';
