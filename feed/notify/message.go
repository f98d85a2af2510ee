package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// said is what a webhook is told: what happened, when, and the post as it is
// now. Of people it has names and nothing else.
type said struct {
	Type      string    `json:"type"` // "post.opened", "post.taken"…
	Timestamp time.Time `json:"timestamp"`
	Data      saidData  `json:"data"`
}

type saidData struct {
	By   string   `json:"by,omitempty"` // who did it
	Text string   `json:"text,omitempty"`
	Post saidPost `json:"post"`
}

type saidPost struct {
	ID          feed.PostID   `json:"id"`
	Kind        feed.Kind     `json:"kind"`
	Topic       feed.Topic    `json:"topic"`
	State       feed.State    `json:"state"`
	Severity    feed.Severity `json:"severity"`
	Title       feed.Text     `json:"title,omitzero"` // rendered
	Text        string        `json:"text,omitempty"`
	Territory   feed.Path     `json:"territory"`
	Asset       feed.Path     `json:"asset,omitempty"`
	Store       feed.Path     `json:"store,omitempty"`
	SKU         string        `json:"sku,omitempty"`
	Author      string        `json:"author"`
	AuthorKind  string        `json:"author_kind"`
	Taker       string        `json:"taker,omitempty"`
	Asked       string        `json:"asked,omitempty"` // role
	Signal      string        `json:"signal,omitempty"`
	Value       *float64      `json:"value,omitempty"`
	Unit        string        `json:"unit,omitempty"`
	Limit       *float64      `json:"limit,omitempty"`
	Active      bool          `json:"active"`
	Stale       bool          `json:"stale"`
	Occurrences int           `json:"occurrences"`
	Cause       string        `json:"cause,omitempty"`
	Action      string        `json:"action,omitempty"`
	OpenedAt    time.Time     `json:"opened_at"`
	UpdatedAt   time.Time     `json:"updated_at"`
	ClosedAt    time.Time     `json:"closed_at,omitzero"`
}

func message(d feed.Dispatch) ([]byte, error) {
	p := d.Post
	body, err := json.Marshal(said{
		Type: "post." + string(d.Entry.Kind), Timestamp: d.Entry.At,
		Data: saidData{By: d.Entry.Author.Name, Text: d.Entry.Text, Post: saidPost{
			ID: p.ID, Kind: p.Kind, Topic: p.Topic, State: p.State, Severity: p.Severity,
			Title: feed.Text{FR: p.Title.Render(feed.French, p.Values), EN: p.Title.Render(feed.English, p.Values)}, Text: p.Text,
			Territory: p.Territory, Asset: p.Asset, Store: p.Store, SKU: p.SKU, Author: p.Author.Name, AuthorKind: string(p.Author.Kind),
			Taker: p.Taker.Name, Asked: p.Asked, Signal: p.Signal, Value: p.Value, Unit: p.Unit, Limit: p.Limit,
			Active: p.Active, Stale: p.Stale, Occurrences: p.Occurrences, Cause: p.Cause, Action: p.Action,
			OpenedAt: p.OpenedAt, UpdatedAt: p.UpdatedAt, ClosedAt: p.ClosedAt,
		}},
	})
	if err != nil {
		return nil, fmt.Errorf("message of entry %s: %w", d.Subject, err)
	}
	return body, nil
}
