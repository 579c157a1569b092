import { call } from '../generated/call.ts'

/** The n-th of many ids, n from 0. @param first a parameter: the id that the others count on from. */
export const nthId = (first: string, n: Parameters<typeof call.nthId>[0]['n']) =>
  call.nthId({ first, n })
