import { path } from './encode.ts'
import { type List, list } from './list.ts'
import type { AddAddress, Address, UpdateAddress } from './model.ts'
import type { CallOptions, Send } from './request.ts'
import { withId } from './with-id.ts'

/** A customer's addresses. What any call may reject with: see `customers`. */
export function addressBook(send: Send) {
  function addAddress(id: string, input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(input: AddAddress, options?: CallOptions): Promise<Address>
  function addAddress(...given: readonly unknown[]): Promise<Address> {
    const [id, body, options] = withId<AddAddress>(given)
    return send({ method: 'POST', path: path`/customer/${id}/address`, body, keyed: true, options })
  }

  return {
    /** The customer's addresses, all of them. */
    listAddresses: (id = 'me', options?: CallOptions): List<Address> =>
      list(send, path`/customer/${id}/address`, {}, options),

    /** The same address again is not stored twice: the one that is there is answered. `address_limit_reached`. */
    addAddress,

    /** `address_not_found`. */
    retrieveAddress: (id: string, addressId: string, options?: CallOptions): Promise<Address> =>
      send({ method: 'GET', path: path`/customer/${id}/address/${addressId}`, options }),

    /** Changes what is named; null clears. `address_not_found`, `precondition_failed`. */
    updateAddress: (
      id: string,
      addressId: string,
      input: UpdateAddress,
      options?: CallOptions,
    ): Promise<Address> =>
      send({
        method: 'PATCH',
        path: path`/customer/${id}/address/${addressId}`,
        body: input,
        options,
      }),

    /** A default passes to the address that was added or changed last. `address_not_found`, `precondition_failed`. */
    removeAddress: (id: string, addressId: string, options?: CallOptions): Promise<void> =>
      send({ method: 'DELETE', path: path`/customer/${id}/address/${addressId}`, options }),
  }
}
