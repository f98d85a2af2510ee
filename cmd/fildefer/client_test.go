package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// client is a signed-in person.
type client struct {
	url, token string
}

func (in *installation) signIn(t *testing.T, member string) *client {
	t.Helper()
	c := &client{url: in.url}
	var reply struct{ Token string }
	status, err := c.call(t.Context(), "POST", "/api/v1/session", "", map[string]string{"member": member, "pin": "1234"}, &reply)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, status)
	c.token = reply.Token
	return c
}

// call sends one request; a status below 300 is decoded into reply.
func (c *client) call(ctx context.Context, method, path, idempotency string, body, reply any) (int, error) {
	var in io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		in = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, in)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "fr")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	if idempotency != "" {
		req.Header.Set("Idempotency-Key", idempotency)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	if res.StatusCode < 300 && reply != nil {
		return res.StatusCode, json.Unmarshal(data, reply)
	}
	return res.StatusCode, nil
}

// post is what the tests read of a post.
type post struct {
	ID          string   `json:"id"`
	Kind        string   `json:"kind"`
	State       string   `json:"state"`
	Title       string   `json:"title"`
	Text        string   `json:"text"`
	Asset       string   `json:"asset"`
	Signal      string   `json:"signal"`
	SKU         string   `json:"sku"`
	Value       *float64 `json:"value"`
	Occurrences int      `json:"occurrences"`
	Comments    int      `json:"comments"`
	MeToo       int      `json:"me_too"`
	BackTo      bool     `json:"back_to_normal"`
	Active      bool     `json:"active"`
	Author      struct{ Kind string }
	OpenedAt    time.Time `json:"opened_at"`
	Total       int       `json:"total"`
	Past        *struct{ Cause, Action string }
	Run         *struct{ Count, Target float64 }
}

// feed reads every page of the reader's posts.
func (c *client) feed(ctx context.Context, query string) ([]post, error) {
	var all []post
	cursor := ""
	for {
		var page struct {
			Posts []post `json:"posts"`
			Next  string `json:"next"`
		}
		status, err := c.call(ctx, "GET", "/api/v1/posts?limit=100&"+query+"&cursor="+cursor, "", nil, &page)
		if err != nil {
			return nil, err
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("GET posts: %d", status)
		}
		all = append(all, page.Posts...)
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}
