import { fold } from '#kernel/fold'

/** A state's code or name without case, accents, spaces and punctuation. */
export const stateKey = (written: string): string => fold(written).replace(/[^\p{L}\p{N}]/gu, '')
