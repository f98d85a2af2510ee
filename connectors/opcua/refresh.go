package opcua

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/gopcua/opcua/id"
	"github.com/gopcua/opcua/ua"
)

// refreshPause lies between two refreshes, so that a queue which is too small
// for one is not made to overflow all the time.
const refreshPause = 5 * time.Second

// refresher asks the server to tell the state of all its alarms again
// (ConditionRefresh, Part 9 §5.5.7). The answers come as events.
type refresher struct {
	log    *slog.Logger
	report func()        // tells operators how it went
	wanted chan struct{} // holds one wish; more are the same

	mu            sync.Mutex
	subscriptions []uint32 // that listen to notifiers
	caveat        error    // why alarms are not refreshed
}

func newRefresher(log *slog.Logger) *refresher {
	return &refresher{log: log, wanted: make(chan struct{}, 1)}
}

// want wishes for a refresh and does not wait for it.
func (r *refresher) want() {
	select {
	case r.wanted <- struct{}{}:
	default:
	}
}

// include has a subscription refreshed from now on.
func (r *refresher) include(subscription uint32) {
	r.mu.Lock()
	if !slices.Contains(r.subscriptions, subscription) {
		r.subscriptions = append(r.subscriptions, subscription)
	}
	r.mu.Unlock()
	r.want()
}

// run refreshes each time that it is wanted, until ctx ends or the link is of
// no use any more.
func (r *refresher) run(ctx context.Context, l *link) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.wanted:
		}
		before := r.outcome()
		if err := r.refresh(ctx, l); err != nil {
			return err
		}
		if (before == nil) != (r.outcome() == nil) {
			r.report()
		}
		timer := time.NewTimer(refreshPause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// refresh does it once. A server that does not know how is no fault of the
// link.
func (r *refresher) refresh(ctx context.Context, l *link) error {
	r.mu.Lock()
	subscriptions := slices.Clone(r.subscriptions)
	r.mu.Unlock()
	for _, subscription := range subscriptions {
		err := l.refreshConditions(ctx, subscription)
		if errors.Is(err, ua.StatusBadRefreshInProgress) {
			r.want() // another's, perhaps
			continue
		}
		if _, refused := errors.AsType[refusedError](err); err != nil && !refused {
			return err
		}
		r.note(ctx, err)
	}
	return nil
}

func (r *refresher) note(ctx context.Context, refused error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if refused != nil && r.caveat == nil {
		r.log.WarnContext(ctx, "alarms that were active before are not told until they change", slog.Any("error", refused))
	}
	r.caveat = refused
}

// outcome is why alarms are not refreshed; nil when they are.
func (r *refresher) outcome() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.caveat
}

// refusedError is a server's "no" to a refresh, over a link that works.
type refusedError struct{ status ua.StatusCode }

func (e refusedError) Error() string { return fmt.Sprintf("alarms are not refreshed: %v", e.status) }

func (e refusedError) Unwrap() error { return e.status }

// refreshConditions asks for all conditions of one subscription.
func (l *link) refreshConditions(ctx context.Context, subscription uint32) error {
	res, err := call[*ua.CallResponse](ctx, l.client, &ua.CallRequest{MethodsToCall: []*ua.CallMethodRequest{{
		ObjectID:       ua.NewNumericNodeID(0, id.ConditionType),
		MethodID:       ua.NewNumericNodeID(0, id.ConditionType_ConditionRefresh),
		InputArguments: []*ua.Variant{ua.MustVariant(subscription)},
	}}})
	switch {
	case errors.Is(err, ua.StatusBadServiceUnsupported):
		return refusedError{ua.StatusBadServiceUnsupported}
	case err != nil:
		return fmt.Errorf("refresh the alarms: %w", err)
	case len(res.Results) != 1:
		return fmt.Errorf("refresh the alarms: %d answers to one call", len(res.Results))
	case res.Results[0].StatusCode != ua.StatusOK:
		return refusedError{res.Results[0].StatusCode}
	}
	return nil
}
