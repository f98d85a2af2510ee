package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// key is what the notifications of the course are about: a step, or its outcome.
func (h *hearing) key(matter string) string { return string(h.post.ID) + "#" + matter }

func (h *hearing) stepKey() string { return h.key(fmt.Sprint(h.course.Step)) }

// follow keeps where the course is by now, and tells those whom that concerns.
// The caller saves the post.
func (h *hearing) follow(ctx context.Context, tx Tx, effects ...Effect) error {
	for _, e := range effects {
		if err := h.tell(ctx, tx, e); err != nil {
			return err
		}
	}
	return tx.Track(ctx, h.post, h.course.waitsFor(h.post.Author.Member), h.course.wake(h.at))
}

// tell says what one effect means to whom.
func (h *hearing) tell(ctx context.Context, tx Tx, e Effect) error {
	switch e {
	case Seated, CameBack:
		return h.summon(ctx, tx, toDecide)
	case Reminded:
		return h.summon(ctx, tx, reminder)
	case Late:
		return h.summon(ctx, tx, lateStep)
	case Advanced:
		if err := h.clearSteps(ctx, tx); err != nil {
			return err
		}
		return h.summon(ctx, tx, toDecide)
	case Settled:
		if err := h.clearSteps(ctx, tx); err != nil {
			return err
		}
		return h.announce(ctx, tx)
	case TaskLate:
		return h.send(ctx, tx, []MemberID{h.course.Task.Owner.Member}, h.key("task"), ToDecide, lateTask)
	case AskHelp:
		return h.send(ctx, tx, []MemberID{h.course.Task.Owner.Member, h.post.Author.Member}, h.key("task"), ToDecide, askEffect)
	}
	return nil
}

// What people are told. {title} is the first line of the post; the name of a step
// is in both languages already.
var (
	toDecide  = Text{FR: "{step_fr}, à vous : « {title} »", EN: "{step_en}, yours: “{title}”"}
	toAnswer  = Text{FR: "{author} vous demande : « {title} »", EN: "{author} asks you: “{title}”"}
	reminder  = Text{FR: "Rappel, {step_fr} attend votre réponse : « {title} »", EN: "Reminder, {step_en} waits for your answer: “{title}”"}
	lateStep  = Text{FR: "En retard, {step_fr} attend votre réponse : « {title} »", EN: "Overdue, {step_en} waits for your answer: “{title}”"}
	lateTask  = Text{FR: "Échéance passée, à faire : « {title} »", EN: "Past its date, to be done: “{title}”"}
	askEffect = Text{FR: "A-t-elle aidé ? « {title} »", EN: "Did it help? “{title}”"}
	outcomes  = map[Outcome]Text{
		Accepted: {FR: "Acceptée par {by} : « {title} ». Motif : « {reason} »", EN: "Accepted by {by}: “{title}”. Reason: “{reason}”"},
		Refused:  {FR: "Refusée par {by} : « {title} ». Motif : « {reason} »", EN: "Refused by {by}: “{title}”. Reason: “{reason}”"},
		Merged:   {FR: "Fusionnée par {by} : « {title} ». Motif : « {reason} »", EN: "Merged by {by}: “{title}”. Reason: “{reason}”"},
		Deferred: {FR: "Reportée par {by} : « {title} ». Motif : « {reason} »", EN: "Deferred by {by}: “{title}”. Reason: “{reason}”"},
	}
)

// summon tells those whom the step waits for; of a question all to whom it is put.
func (h *hearing) summon(ctx context.Context, tx Tx, text Text) error {
	why, seats := ToDecide, h.course.Deciders
	if h.circuit.stage(h.course).asks() {
		seats, why = h.panel.seats(h.course.Step, h.course.Level), AskedFor
		if text == toDecide {
			text = toAnswer
		}
	}
	var to []MemberID
	for _, s := range seats {
		to = append(to, s.Member)
	}
	return h.send(ctx, tx, to, h.stepKey(), why, text)
}

// announce tells the author, those who voted and those who reacted how it ended.
func (h *hearing) announce(ctx context.Context, tx Tx) error {
	to, err := tx.Reacted(ctx, h.post.ID)
	if err != nil {
		return fmt.Errorf("who reacted to %s: %w", h.post.ID, err)
	}
	to = append(to, h.post.Author.Member)
	for _, v := range h.course.Votes {
		to = append(to, v.Member)
	}
	to = slices.DeleteFunc(to, func(m MemberID) bool { return m == h.course.By.Member })
	if err := h.send(ctx, tx, to, h.key("decided"), Decided, outcomes[h.course.Outcome]); err != nil {
		return err
	}
	if t := h.course.Task; t != nil && t.Owner.Member != h.course.By.Member {
		return h.send(ctx, tx, []MemberID{t.Owner.Member}, h.key("task"), ToDecide, Text{FR: "À faire par vous : « {title} »", EN: "Yours to do: “{title}”"})
	}
	return nil
}

// send tells each of them once, as long as they are there and read the place.
func (h *hearing) send(ctx context.Context, tx Tx, to []MemberID, key string, why Why, text Text) error {
	known, err := tx.Reach(ctx, Population{People: to})
	if err != nil {
		return fmt.Errorf("whom to tell of %s: %w", h.post.ID, err)
	}
	for _, m := range known {
		if !Can(m, Read, h.post.Territory) {
			continue
		}
		if err := tx.Tell(ctx, Notification{
			ID: newID(h.at), Member: m.ID, Key: key, Why: why, Post: h.post.ID, Text: text, At: h.at,
			Values: Values{
				"title": strings.TrimSuffix(h.post.headline(), "."), "author": h.post.Author.Name, "by": h.course.By.Name, "reason": h.course.Reason,
				"step_fr": h.course.Name.FR, "step_en": h.course.Name.EN,
			},
		}); err != nil {
			return err
		}
	}
	return nil
}

// clearSteps takes the steps that are over off everybody's list.
func (h *hearing) clearSteps(ctx context.Context, tx Tx) error {
	for step := range h.course.Steps {
		if step == h.course.Step && !h.course.decided() {
			continue
		}
		if err := tx.Clear(ctx, h.key(fmt.Sprint(step))); err != nil {
			return err
		}
	}
	return nil
}
