import { hasAtMostCodePoints, isBlank, isStorable } from './text.ts'

export const METADATA_KEY_LENGTH = 40

/** Whether a text may be a key of metadata. */
export const isMetadataKey = (key: string): boolean =>
  !isBlank(key) && hasAtMostCodePoints(key, METADATA_KEY_LENGTH) && isStorable(key)
