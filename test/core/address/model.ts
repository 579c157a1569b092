import type { AddressPurpose } from '#core/address'

export const purposes = ['shipping', 'billing'] as const
export type Wish = { readonly isDefault?: boolean; readonly defaultFor?: AddressPurpose[] }
type Kept = {
  id: string
  street: number
  country: string
  label: string | null
  unproven: boolean
  at: number
}

/** What the contract says, as a person would keep it on paper. */
export class AddressBookModel {
  book: Kept[] = []
  holders: Record<AddressPurpose, string | null> = { shipping: null, billing: null }
  changes = 0
  readonly guest: boolean
  constructor(guest: boolean) {
    this.guest = guest
  }

  wished({ isDefault = false, defaultFor = [] }: Wish): AddressPurpose[] {
    return isDefault && !defaultFor.includes('shipping') ? [...purposes] : defaultFor
  }

  twin(street: number, country: string) {
    return this.book.find((kept) => kept.street === street && kept.country === country)
  }

  settle(id: string | null = null, wished: readonly AddressPurpose[] = []): boolean {
    const before = { ...this.holders }
    const fit = this.book.filter((kept) => this.guest || !kept.unproven)
    const latest = [...fit].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))[0]?.id ?? null
    for (const purpose of purposes) {
      const held = fit.some((kept) => kept.id === this.holders[purpose])
      if (wished.includes(purpose) && fit.some((kept) => kept.id === id)) this.holders[purpose] = id
      else if (!held) this.holders[purpose] = latest
    }
    return purposes.some((purpose) => this.holders[purpose] !== before[purpose])
  }
}
