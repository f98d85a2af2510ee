package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/api"
)

func TestAPostIsPutOutOfServiceAndBackByWhoeverOversees(t *testing.T) {
	onEach(t, func(t *testing.T, h *house) {
		path := "/api/v1/posts/" + h.raise(t, "weight/filler", time.Now())
		reason := fields{"reason": "Dépose de la balance"}
		h.ask(t, "operator", http.MethodPost, path+"/out-of-service", reason).is(http.StatusForbidden)
		h.ask(t, "manager", http.MethodPost, path+"/out-of-service", fields{"reason": ""}).is(http.StatusUnprocessableEntity)
		var p api.PostDetail
		h.ask(t, "manager", http.MethodPost, path+"/out-of-service", reason).is(http.StatusOK).into(&p)
		require.True(t, p.Can.Oversee)
		require.Equal(t, &api.Shelf{By: api.Author{Kind: "person", Name: "Ana", Member: "manager"}, Reason: "Dépose de la balance"}, p.Shelf)

		h.ask(t, "operator", http.MethodPost, path+"/unshelve", nil).is(http.StatusForbidden)
		h.ask(t, "operator", http.MethodPost, path+"/in-service", nil).is(http.StatusForbidden)
		var back api.PostDetail
		h.ask(t, "manager", http.MethodPost, path+"/in-service", nil).is(http.StatusOK).into(&back)
		require.Nil(t, back.Shelf)
		require.Equal(t, []string{"opened", "shelved", "unshelved"}, kindsOf(&back))
	})
}
