using ExecutionDashboard.Fleet.Packing;
using ExecutionDashboard.Fleet.Secrets;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>
/// Loads packed executions into an empty table. What executions share is masked and numbered once; most executions become columns without ever being objects. Not safe for
/// concurrent use.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="mask">Masks secrets.</param>
/// <param name="shared">What the packed executions refer to.</param>
/// <param name="version">Version of the store with them.</param>
internal sealed class ExecutionLoader(ExecutionTable table, FleetMask mask, SharedParts shared, long version)
{
    private readonly ExecutionPacking _packing = new(shared);
    private readonly Numbers _jobs = new(), _nodes = new(), _deployments = new(), _namespaces = new(), _types = new(), _specs = new(), _states = new(), _messages = new(), _desired = new(), _notes = new();
    // An execution that was removed and came back while the feed sent the others.
    private readonly List<Execution> _again = [];
    private byte[] _evaluation = [];
    private int _evaluationNumber;

    /// <summary>Loads an execution.</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        if (PackedExecution.TryRead(packed, out var parts) && table.Load(parts, NumbersOf(parts), version)) return;
        var execution = mask.Of(_packing.Unpack(packed));
        if (!table.Load(execution, version)) _again.Add(execution);
    }

    /// <summary>Builds the indexes; nothing may be added afterwards.</summary>
    public void Complete()
    {
        table.Index(version);
        // Each row has its own references by now.
        table.Texts.Release(_evaluationNumber);
        foreach (var number in _specs.All) table.Texts.Release(number);
        foreach (var number in _messages.All) table.Messages.Release(number);
        foreach (var number in _notes.All) table.AllNotes.Release(number);
        foreach (var execution in _again) table.Upsert(execution, version);
    }

    private LoadedNumbers NumbersOf(in PackedExecution parts)
    {
        ref var state = ref _states[parts.Actual];
        ref var message = ref _messages[parts.Actual];
        if (state < 0)
        {
            var report = mask.Of(shared.Reports[parts.Actual]);
            (state, message) = (table.States.Intern(report.State), table.Messages.Take(report.Message));
        }
        ref var desired = ref _desired[parts.Desired];
        ref var notes = ref _notes[parts.Desired];
        if (desired < 0)
        {
            var report = mask.Of(shared.Reports[parts.Desired]);
            (desired, notes) = (table.States.Intern(report.State), table.AllNotes.Take(report.Message.Length == 0 ? ExecutionNotes.None : new(null, null, null, report.Message)));
        }
        return new()
        {
            State = state, Message = message, Desired = desired, Notes = notes,
            Job = GroupOf(table.Jobs, _jobs, parts.Job), Node = GroupOf(table.Nodes, _nodes, parts.Node), Deployment = GroupOf(table.Deployments, _deployments, parts.Deployment),
            Namespace = NameOf(table.Namespaces, _namespaces, parts.Namespace), Type = NameOf(table.Types, _types, parts.Type),
            Spec = SpecOf(parts.Spec), Evaluation = EvaluationOf(parts.Evaluation),
        };
    }

    private int GroupOf(GroupTable groups, Numbers known, int text)
    {
        if (text == 0) return 0;
        ref var number = ref known[text];
        return number >= 0 ? number : number = groups.Intern(shared.Texts[text]).Number;
    }

    private int NameOf(NameTable names, Numbers known, int text)
    {
        if (text == 0) return 0;
        ref var number = ref known[text];
        return number >= 0 ? number : number = names.Intern(mask.Text(shared.Texts[text]));
    }

    private int SpecOf(int text)
    {
        if (text == 0) return 0;
        ref var number = ref _specs[text];
        return number >= 0 ? number : number = table.Texts.Take(shared.Texts[text]);
    }

    // Executions of one evaluation mostly come one after the other.
    private int EvaluationOf(ReadOnlySpan<byte> packed)
    {
        if (packed.SequenceEqual(_evaluation)) return _evaluationNumber;
        table.Texts.Release(_evaluationNumber);
        _evaluation = packed.ToArray();
        return _evaluationNumber = table.Texts.Take(new PackedReader(packed).Text());
    }

    /// <summary>Numbers in the table by numbers of shared values; -1 while not known.</summary>
    private sealed class Numbers
    {
        private int[] _numbers = [];

        public IEnumerable<int> All => _numbers.Where(number => number > 0);

        public ref int this[int shared]
        {
            get
            {
                if (shared >= _numbers.Length)
                {
                    var from = _numbers.Length;
                    Array.Resize(ref _numbers, Math.Max(shared + 1, Math.Max(64, from * 2)));
                    _numbers.AsSpan(from).Fill(-1);
                }
                return ref _numbers[shared];
            }
        }
    }
}
