import * as z from 'zod'
import { isMetadataKey, METADATA_KEY_LENGTH } from '#kernel/metadata-key'
import { hasAtMostCodePoints, isStorable } from '#kernel/text'

/** The most keys that the metadata of one thing may have. */
export const MAX_METADATA_KEYS = 50
const VALUE_LENGTH = 500

/** At most 50 keys of 1 to 40 characters, each with a text of at most 500, which may be blank. Stored exactly as it was sent. */
export const Metadata = recordOf(MAX_METADATA_KEYS, 'string', isValue)
export type Metadata = z.output<typeof Metadata>

/**
 * A JSON merge patch (RFC 7396) of metadata: `null` removes the key. It may remove fifty keys and
 * set fifty others; the statement that writes the row checks whether the result fits.
 */
export const MetadataPatch = recordOf(2 * MAX_METADATA_KEYS, ['string', 'null'], isValueOrNull)
export type MetadataPatch = z.output<typeof MetadataPatch>

// zod's own record silently drops the key __proto__. Entries preserve every key as data.
function recordOf<Value>(
  maxKeys: number,
  type: string | readonly string[],
  isFit: (value: unknown) => value is Value,
) {
  const areFit = (entries: [string, unknown][]): entries is [string, Value][] =>
    entries.every(([, value]) => isFit(value))
  return z
    .unknown()
    .meta({
      type: 'object',
      maxProperties: maxKeys,
      propertyNames: { minLength: 1, maxLength: METADATA_KEY_LENGTH },
      additionalProperties: { type, maxLength: VALUE_LENGTH },
    })
    .transform((value, ctx): Record<string, Value> => {
      const refuse = (message: string, path: string[] = []) => {
        ctx.issues.push({
          code: 'custom',
          input: value,
          path,
          message,
          params: { code: 'invalid_metadata' },
        })
        return z.NEVER
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return refuse('Must be an object whose values are texts.')
      }
      const entries: [string, unknown][] = Object.entries(value)
      if (entries.length > maxKeys) return refuse(`Must have at most ${maxKeys} keys.`)
      if (!entries.every(([key]) => isMetadataKey(key))) {
        return refuse(
          `Every key must have 1 to ${METADATA_KEY_LENGTH} characters, not only blanks, and no NUL.`,
        )
      }
      const unfit = entries.filter(([, given]) => !isFit(given))
      for (const [key] of unfit) {
        refuse(`Must be text of at most ${VALUE_LENGTH} characters, without NUL.`, [key])
      }
      if (!areFit(entries)) return z.NEVER
      return Object.fromEntries(entries)
    })
}

function isValue(value: unknown): value is string {
  return typeof value === 'string' && hasAtMostCodePoints(value, VALUE_LENGTH) && isStorable(value)
}

function isValueOrNull(value: unknown): value is string | null {
  return value === null || isValue(value)
}
