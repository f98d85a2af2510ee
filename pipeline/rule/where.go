package rule

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"github.com/fildefer/fildefer/pipeline"
)

// maxWhereNodes bounds an expression: what needs more is no filter.
const maxWhereNodes = 64

// subject is what an expression sees of an event. A value of another type, or
// none, is 0, "" or false. It is a struct, since a map would have to be made
// for each event.
type subject struct {
	Value   float64           `expr:"value"`
	Text    string            `expr:"text"`
	Bool    bool              `expr:"bool"`
	Quality string            `expr:"quality"`
	Unit    string            `expr:"unit"`
	Source  string            `expr:"source"`
	Asset   string            `expr:"asset"`
	Signal  string            `expr:"signal"`
	Status  string            `expr:"status"`
	Attr    map[string]string `expr:"attr"`
}

// screen asks expressions about one event after the other.
type screen struct {
	vm      vm.VM
	subject subject
	filled  bool
}

func (s *screen) empty() { s.filled = false }

// passes tells whether the event is for the rule that has this expression. One
// that cannot be computed, such as a remainder of zero, is refused.
func (s *screen) passes(program *vm.Program, ev *pipeline.Event) bool {
	if !s.filled {
		s.filled = true
		s.fill(ev)
	}
	out, err := s.vm.Run(program, &s.subject)
	passed, _ := out.(bool)
	return err == nil && passed
}

func (s *screen) fill(ev *pipeline.Event) {
	s.subject = subject{
		Quality: string(pipeline.Good), Unit: ev.Unit, Source: ev.Source,
		Asset: string(ev.Asset), Signal: ev.Signal, Status: ev.Status, Attr: ev.Attr,
	}
	if ev.Quality != "" {
		s.subject.Quality = string(ev.Quality)
	}
	if v, ok := ev.Value.Number(); ok && isFinite(v) {
		s.subject.Value = v
	}
	s.subject.Text, _ = ev.Value.Text()
	s.subject.Bool, _ = ev.Value.Bool()
}

// compileWhere returns the program of an expression, or adds what is wrong with
// it to faults. Only what surely ends soon is let through: it is checked on the
// syntax tree as it is written, before anything is made of it.
func compileWhere(source string, faults []fault) (*vm.Program, []fault) {
	if source == "" {
		return nil, faults
	}
	refuse := func(text string) (*vm.Program, []fault) { return nil, append(faults, fault{"where", text}) }
	tree, err := parser.Parse(source)
	if err != nil {
		return refuse(sentence(err))
	}
	check := &whitelist{}
	ast.Walk(&tree.Node, check)
	if check.refused != "" {
		return refuse(check.refused + " cannot be used here; compare, calculate and combine with and, or, not, in, contains, startsWith and endsWith")
	}
	program, err := expr.Compile(source, expr.Env(&subject{}), expr.AsBool(), expr.MaxNodes(maxWhereNodes), expr.Optimize(false), expr.DisableAllBuiltins())
	if err != nil {
		return refuse(sentence(err))
	}
	return program, faults
}

// sentence leaves out the drawing of the place.
func sentence(err error) string {
	var at *file.Error
	if errors.As(err, &at) {
		return fmt.Sprintf("%s at character %d of the expression", at.Message, at.Column+1)
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// whitelist finds what is not allowed in an expression: the outermost, which is
// visited last.
type whitelist struct{ refused string }

func operators() []string {
	return []string{
		"==", "!=", "<", "<=", ">", ">=", "and", "or", "not", "&&", "||", "!",
		"+", "-", "*", "/", "%", "in", "contains", "startsWith", "endsWith",
	}
}

// Visit is for [ast.Walk].
func (w *whitelist) Visit(node *ast.Node) {
	refuse := func(what string) { w.refused = what }
	switch n := (*node).(type) {
	case *ast.IdentifierNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ArrayNode, *ast.MemberNode, *ast.ChainNode, *ast.ConstantNode:
	case *ast.UnaryNode:
		if !slices.Contains(operators(), n.Operator) {
			refuse(n.Operator)
		}
	case *ast.BinaryNode:
		if !slices.Contains(operators(), n.Operator) {
			refuse("the operator " + n.Operator)
		}
	case *ast.CallNode, *ast.BuiltinNode:
		refuse("a function such as now(), len() or any()")
	case *ast.PredicateNode, *ast.PointerNode:
		refuse("a predicate")
	case *ast.VariableDeclaratorNode, *ast.SequenceNode:
		refuse("a variable or a sequence")
	case *ast.ConditionalNode:
		refuse("a choice (?:)")
	default:
		refuse(strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."), "Node"))
	}
}
