/**
 * Whether a secret can be found by trying: it is short, has few different characters, repeats itself, or counts up or down. A secret made of words looks like a random one to this function. The minimum length is against those.
 * @param least characters or bytes.
 */
export function isGuessableSecret(secret: string | Uint8Array, least: number): boolean {
  const parts = typeof secret === 'string' ? Array.from(secret, codeOf) : [...secret]
  const isPlaceholder = typeof secret === 'string' && /^[<[{].*[>\]}]$/.test(secret)
  const isVaried = new Set(parts).size >= least / 3
  return (
    parts.length < least || !isVaried || isPlaceholder || isPeriodic(parts) || isProgression(parts)
  )
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0

/** Whether its first half or less is all there is, again and again. */
function isPeriodic(parts: readonly number[]): boolean {
  for (let period = 1; period <= parts.length / 2; period++) {
    if (parts.every((part, n) => part === parts[n % period])) return true
  }
  return false
}

/** Whether each part but a few is one more, or one less, than the one before. */
function isProgression(parts: readonly number[]): boolean {
  const steps = parts.slice(1).filter((part, n) => Math.abs(part - (parts[n] ?? part)) === 1)
  return steps.length > parts.length / 2
}
