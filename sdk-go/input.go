package sdk

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strconv"
	"strings"
)

// Field is what an update says of one field; a field that is nil stays as it is.
type Field[T any] struct {
	value  T
	isNull bool
}

// Set gives a field a value.
func Set[T any](value T) *Field[T] { return &Field[T]{value: value} }

// Null clears a field.
func Null[T any]() *Field[T] { return &Field[T]{isNull: true} }

// MarshalJSON implements json.Marshaler.
func (f Field[T]) MarshalJSON() ([]byte, error) {
	if f.isNull {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// Ptr is the address of a value, for fields of which nothing is something else than zero.
func Ptr[T any](value T) *T { return &value }

// queryOf writes the parameters of a list: what is empty is left out, a slice repeats its name, a value in a map is named metadata.tier.
func queryOf(params any) url.Values {
	values := url.Values{}
	of := reflect.ValueOf(params)
	if of.Kind() != reflect.Pointer || of.IsNil() {
		return values
	}
	of = of.Elem()
	for i := 0; i < of.NumField(); i++ {
		name, _, _ := strings.Cut(of.Type().Field(i).Tag.Get("json"), ",")
		field := of.Field(i)
		if field.IsZero() {
			continue
		}
		if field.Kind() == reflect.Slice {
			for n := 0; n < field.Len(); n++ {
				values.Add(name, text(field.Index(n)))
			}
			continue
		}
		if field.Kind() == reflect.Map {
			for _, key := range field.MapKeys() {
				values.Set(name+"."+key.String(), text(field.MapIndex(key)))
			}
			continue
		}
		values.Set(name, text(reflect.Indirect(field)))
	}
	return values
}

func text(value reflect.Value) string {
	switch value.Kind() {
	case reflect.Int64:
		return strconv.FormatInt(value.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(value.Bool())
	default:
		return value.String()
	}
}
