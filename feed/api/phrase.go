package api

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/fildefer/fildefer/feed"
)

// phrase says in both languages what the validation of a request says in the
// developer's. {field} is where, {a} the first thing the message names.
type phrase struct {
	match *regexp.Regexp
	text  feed.Text
}

// phrases lists what requests can be refused for before a handler sees them.
func phrases() []phrase {
	var list []phrase
	for _, p := range []struct{ format, fr, en string }{
		{validation.MsgUnexpectedProperty, "« {field} » n’est pas attendu.", "“{field}” is not expected."},
		{validation.MsgExpectedRequiredProperty, "« {a} » est obligatoire.", "“{a}” is required."},
		{"required %v parameter is missing", "« {field} » est obligatoire.", "“{field}” is required."},
		{validation.MsgExpectedOneOf, "« {field} » doit être l’un de : {a}.", "“{field}” must be one of: {a}."},
		{validation.MsgExpectedMinimumNumber, "« {field} » doit être au moins {a}.", "“{field}” must be at least {a}."},
		{validation.MsgExpectedMaximumNumber, "« {field} » doit être au plus {a}.", "“{field}” must be at most {a}."},
		{validation.MsgExpectedMinLength, "« {field} » doit compter au moins {a} caractère(s).", "“{field}” must have at least {a} character(s)."},
		{validation.MsgExpectedMaxLength, "« {field} » dépasse {a} caractères.", "“{field}” is longer than {a} characters."},
		{validation.MsgExpectedMatchPattern, "« {field} » contient des caractères interdits.", "“{field}” holds characters that are not allowed."},
		{validation.MsgExpectedString, "« {field} » doit être un texte.", "“{field}” must be a text."},
		{validation.MsgExpectedBoolean, "« {field} » doit être vrai ou faux.", "“{field}” must be true or false."},
		{validation.MsgExpectedInteger, "« {field} » doit être un nombre entier.", "“{field}” must be a whole number."},
		{validation.MsgExpectedRFC3339DateTime, "« {field} » doit être une date et une heure (RFC 3339).", "“{field}” must be a date and time (RFC 3339)."},
		{validation.MsgExpectedObject, "« {field} » doit être un objet JSON.", "“{field}” must be a JSON object."},
		{"invalid integer", "« {field} » doit être un nombre entier.", "“{field}” must be a whole number."},
		{"request body is required", "Le corps de la demande manque.", "The request has no body."},
		{"request body is too large limit=%d bytes", "La demande dépasse {a} octets.", "The request is longer than {a} bytes."},
		{"request body read timeout", "La demande est arrivée trop lentement.", "The request came too slowly."},
		{"cannot read request body", "La demande n’a pas pu être lue.", "The request could not be read."},
		{"unknown content type: %v", "Envoyez du JSON (application/json), et non {a}.", "Send JSON (application/json), not {a}."},
		{"unexpected end of JSON input", "Le JSON s’arrête trop tôt.", "The JSON ends too early."},
		{"invalid character %v %v", "Le JSON est mal formé ({a}).", "The JSON is malformed ({a})."},
	} {
		expr := regexp.MustCompile(`%[vsd]`).ReplaceAllString(regexp.QuoteMeta(p.format), "(.+?)")
		list = append(list, phrase{match: regexp.MustCompile("(?s)^" + expr + "$"), text: feed.Text{FR: p.fr, EN: p.en}})
	}
	return list
}

var unclear = feed.Text{FR: "« {field} » n’est pas valable.", EN: "“{field}” is not valid."}

// translate rewrites the refusals of the HTTP layer in the visitor's language:
// which field, and what is wrong with it. The values sent are left out, since
// one of them may be a PIN.
func (s *server) translate(ctx huma.Context, _ string, body any) (any, error) {
	model, ok := body.(*huma.ErrorModel)
	if !ok || model.Type != "" {
		return body, nil
	}
	lang := visitorOf(ctx.Context()).lang
	out := &huma.ErrorModel{Type: "about:blank", Status: model.Status, Title: titles[model.Status].Render(lang, nil)}
	var sentences []string
	for _, e := range model.Errors {
		said := s.say(lang, e.Location, e.Message)
		sentences = append(sentences, said)
		out.Errors = append(out.Errors, &huma.ErrorDetail{Location: e.Location, Message: said})
	}
	if len(sentences) == 0 {
		sentences = append(sentences, s.say(lang, "body", model.Detail))
	}
	out.Detail = strings.Join(sentences, " ")
	return out, nil
}

// named is what a message names: a number, or words without their quotes.
func named(s string) any {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n
	}
	return strings.ReplaceAll(s, `", "`, ", ")
}

// say is one message of the validation in lang.
func (s *server) say(lang feed.Lang, location, message string) string {
	_, field, nested := strings.Cut(location, ".")
	if !nested {
		field = location
	}
	values := feed.Values{"field": field}
	for _, p := range s.phrases {
		if m := p.match.FindStringSubmatch(message); m != nil {
			if len(m) > 1 {
				values["a"] = named(m[1])
			}
			return p.text.Render(lang, values)
		}
	}
	return unclear.Render(lang, values)
}
