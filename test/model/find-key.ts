import { createHash } from 'node:crypto'
import { addressFindKeys } from '../../src/core/address/find-keys.ts'
import { type Customer, isListed, type Snapshot } from './snapshot.ts'

const phoneKey = (phone: string) => `phone ${[...phone.replace('+', '')].reverse().join('')}`

const metadataKey = ([key, value]: [string, string]) => {
  const text = `[${JSON.stringify(key)}, ${JSON.stringify(value)}]`
  return `metadata ${createHash('sha256').update(text).digest('base64').slice(0, 22)}`
}

function keysOfAddress(address: Snapshot['addresses'][number]): string[] {
  const texts = Object.values(addressFindKeys(address)).flatMap((keys) => keys.split('\n'))
  const phones = address.phone === null ? [] : [phoneKey(address.phone)]
  return [...texts, ...phones, `country ${address.country}`]
}

/** What finds a customer, as its rows say it. */
function keysOfCustomer(at: Snapshot, customer: Customer): string[] {
  if (!isListed(customer)) return []
  const { phone = null } = customer.profile
  const subtags = customer.locale?.split('-') ?? []
  return [
    ...(phone === null ? [] : [phoneKey(phone)]),
    ...(customer.verifiedAt === null ? [] : [`domain ${customer.email.split('@')[1]}`]),
    ...Object.entries(customer.metadata).map(metadataKey),
    ...Object.entries(customer.consents).map(([purpose, state]) => `consent ${purpose}:${state}`),
    ...subtags.map((_, n) => `locale ${subtags.slice(0, n + 1).join('-')}`),
    ...at.addresses
      .filter(({ customerId }) => customerId === customer.id)
      .flatMap((address) => keysOfAddress(address)),
  ]
}

/** The keys by which customers are found are those of their rows, whatever happened to them. */
export function wrongFindKeys(at: Snapshot): string[] {
  const right = at.customers.flatMap((customer) =>
    keysOfCustomer(at, customer).map((key) => `${customer.id} ${key}`),
  )
  const kept = at.findKeys.map(({ customerId, kind, value }) => `${customerId} ${kind} ${value}`)
  return [
    ...right.filter((key) => !kept.includes(key)).map((key) => `lacks the key ${key}`),
    ...kept.filter((key) => !right.includes(key)).map((key) => `still has the key ${key}`),
  ]
}
