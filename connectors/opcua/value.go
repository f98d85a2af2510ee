package opcua

import (
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/gopcua/opcua/ua"

	"github.com/fildefer/fildefer/pipeline"
)

// maxElements bounds how many elements of an array become events.
const maxElements = 64

// maxExact is the largest integer up to which a float64 holds every integer.
const maxExact = 1 << 53

// errStructure says that a value is of a type that only its server can read.
var errStructure = errors.New("the value is a structure, which is not read: name its members as nodes")

// reading is one scalar of a value. The suffix is its place in an array
// (".0", ".1.2"), empty when the value is no array.
type reading struct {
	suffix string
	value  pipeline.Value
}

// readings flattens a variant. A variant without a value gives one reading
// that is none, so that its status is not lost.
func readings(v *ua.Variant) ([]reading, error) {
	if v == nil || v.Value() == nil {
		return []reading{{}}, nil
	}
	list := reflect.ValueOf(v.Value())
	if _, isText := v.Value().([]byte); isText || list.Kind() != reflect.Slice {
		value, err := scalar(v.Value())
		return []reading{{value: value}}, err
	}
	if list.Len() == 0 {
		return []reading{{}}, nil
	}
	return flatten(nil, list, "")
}

func flatten(dst []reading, list reflect.Value, prefix string) ([]reading, error) {
	for i := range list.Len() {
		if len(dst) == maxElements {
			return dst, nil
		}
		suffix := prefix + "." + strconv.Itoa(i)
		element := list.Index(i)
		if _, isText := element.Interface().([]byte); element.Kind() == reflect.Slice && !isText {
			var err error
			if dst, err = flatten(dst, element, suffix); err != nil {
				return nil, err
			}
			continue
		}
		value, err := scalar(element.Interface())
		if err != nil {
			return nil, err
		}
		dst = append(dst, reading{suffix, value})
	}
	return dst, nil
}

// scalar turns one built-in value into a reading.
func scalar(v any) (pipeline.Value, error) {
	switch v := v.(type) {
	case nil:
		return pipeline.Value{}, nil
	case bool:
		return pipeline.Bool(v), nil
	case int8, int16, int32:
		return pipeline.Number(float64(reflect.ValueOf(v).Int())), nil
	case uint8, uint16, uint32:
		return pipeline.Number(float64(reflect.ValueOf(v).Uint())), nil
	case int64:
		if v > maxExact || v < -maxExact {
			return pipeline.Text(strconv.FormatInt(v, 10)), nil
		}
		return pipeline.Number(float64(v)), nil
	case uint64:
		if v > maxExact {
			return pipeline.Text(strconv.FormatUint(v, 10)), nil
		}
		return pipeline.Number(float64(v)), nil
	case float32:
		return pipeline.Number(shortest(v)), nil
	case float64:
		return pipeline.Number(v), nil
	}
	return text(v)
}

// shortest is the float64 that prints like v: 20.1, not 20.100000381469727.
func shortest(v float32) float64 {
	f, err := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	if err != nil {
		return float64(v)
	}
	return f
}

// text turns what is read rather than counted into a reading.
func text(v any) (pipeline.Value, error) {
	var s string
	switch v := v.(type) {
	case string:
		s = v
	case []byte:
		s = base64.StdEncoding.EncodeToString(v)
	case time.Time:
		if v.IsZero() {
			return pipeline.Value{}, nil
		}
		s = v.UTC().Format(time.RFC3339Nano)
	case *ua.LocalizedText:
		s = v.Text
	case *ua.QualifiedName:
		s = v.Name
	case ua.XMLElement:
		s = string(v)
	case ua.StatusCode:
		s = statusText(v)
	case *ua.NodeID:
		s = v.String()
	case *ua.ExpandedNodeID:
		s = v.String()
	case *ua.GUID:
		s = v.String()
	case *ua.Variant:
		return scalar(v.Value())
	case *ua.DataValue:
		if v.Value == nil {
			return pipeline.Value{}, nil
		}
		return scalar(v.Value.Value())
	default:
		return pipeline.Value{}, fmt.Errorf("%w (%T)", errStructure, v)
	}
	return pipeline.Text(strings.ToValidUTF8(s, "\ufffd")), nil
}

// statusText writes a status code as its documentation does: "0x80050000".
func statusText(s ua.StatusCode) string { return fmt.Sprintf("0x%08X", uint32(s)) }
