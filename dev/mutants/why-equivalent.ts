/**
 * The conditions and locks that no test can miss, by the part of a name that `dropped.ts` gives them, with the reason. Everything else
 * has a test that fails without it.
 */
const reasons: Readonly<Record<string, string>> = {
  'confirm_email_change 1: for no key update':
    'the proof of the account, at the head of the same commit, has locked the customer',
  'spend_mail_token 1: for no key update':
    'it makes an account of an attempt, which is no customer yet; the same statements spend the links of customers elsewhere',
  'undo_email_change_by_link 1: for no key update':
    'undo_merges_of_moves, at the head of the same commit, has locked the customer',
  'undo_merge 2: for update': 'who changes a merge that is done has locked its customers before',
}

/** Why a condition or a lock is kept although nothing changes without it; null when a test has to miss it. */
export function whyEquivalent(name: string): string | null {
  const known = Object.keys(reasons).find((start) => name.startsWith(start))
  return known === undefined ? null : (reasons[known] ?? null)
}
