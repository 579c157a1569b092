import type { Position } from '../../src/core/customer/list/list-query.ts'
import type { CustomerSort } from '../../src/core/customer/sort.ts'
import type { Customers } from '../expected-list/customers.ts'

/** The position of a customer in a list, as the page that ends with it says it. */
export function positionOf(customers: Customers, sort: CustomerSort, row: number): Position {
  return [keyOf(customers, sort, row), customers.idAt(row), 0]
}

function keyOf(customers: Customers, sort: CustomerSort, row: number): string | number | null {
  const hasOrders = customers.orderCount.at(row) > 0
  switch (sort) {
    case 'createdAt:asc':
    case 'createdAt:desc':
      return customers.idAt(row)
    case 'updatedAt:asc':
    case 'updatedAt:desc':
      return toMoment(customers.updatedAt.at(row))
    case 'totalSpent:asc':
    case 'totalSpent:desc':
      return hasOrders ? customers.totalSpent.at(row) : null
    case 'orderCount:asc':
    case 'orderCount:desc':
      return customers.orderCount.at(row)
    case 'lastOrderAt:asc':
    case 'lastOrderAt:desc':
      return hasOrders ? toMoment(customers.lastOrderAt.at(row)) : null
    case 'firstName:asc':
    case 'firstName:desc':
      return customers.firstNameKey.at(row)
    case 'lastName:asc':
    case 'lastName:desc':
      return customers.lastNameKey.at(row)
    case 'email:asc':
    case 'email:desc':
      return customers.emailKey.at(row)
  }
}

/** A moment, given in microseconds, as PostgreSQL reads it. */
function toMoment(micros: number): string {
  const ms = Math.floor(micros / 1000)
  const rest = String(micros - ms * 1000).padStart(3, '0')
  return new Date(ms).toISOString().replace('Z', `${rest}Z`)
}
