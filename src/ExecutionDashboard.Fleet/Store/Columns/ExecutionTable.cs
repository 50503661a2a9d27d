using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Store.Columns;

/// <summary>The executions as columns, one row each, with all indexes. One writer; readers use <see cref="ReadGate"/>.</summary>
internal sealed partial class ExecutionTable
{
    public const int Live = 1, HasOwnDeployment = 2, Drifting = 4, LastKnown = 8, Current = 16, Tied = 32;

    public readonly Column<UInt128> Key = new();
    public readonly NumberColumn Flags, State, Desired, Job, Node, Deployment, JobVersion, Namespace, Type, Evaluation, Spec, Message, Notes;
    public readonly LongColumn Updated, Created, Revision;
    public readonly SparseColumn<long> Stable = new();
    public readonly SparseColumn<UInt128> Previous = new(), Next = new();

    /// <summary>Store version of the row's last change, and of its first use for the present execution.</summary>
    public readonly LongColumn Changed, Born;

    public readonly IdTable Ids = new();
    public readonly StateTable States = new();
    public readonly GroupTable Jobs = new(), Nodes = new(), Deployments = new();
    public readonly NameTable Namespaces = new(), Types = new();
    public readonly SharedPool<string> Texts = new("", StringComparer.Ordinal), Messages = new("", StringComparer.Ordinal);
    public readonly SharedPool<ExecutionNotes> AllNotes = new(ExecutionNotes.None, EqualityComparer<ExecutionNotes>.Default);

    public readonly RowSet LiveRows = new(), DriftingRows = new();
    public readonly Tally Fleet = new();
    public readonly OrderIndex ByUpdated, ByCreated;
    public readonly Journal Journal = new();

    /// <summary>Numbers of the nodes that changed, or whose executions were added, removed or changed state.</summary>
    public readonly Journal NodeJournal = new();

    private readonly Column<NumberFields> _numbers = new();
    private readonly Column<LongFields> _longs = new();
    private readonly RowIndex<UInt128, IdKeys> _index;
    private readonly Dictionary<(int Job, int Version), Group> _rollouts = [];
    private RowSet[] _byState = [], _byDesired = [];

    private readonly FleetObservations _observations;

    public ExecutionTable(FleetObservations observations)
    {
        _observations = observations;
        Flags = new(_numbers, 0);
        State = new(_numbers, 1);
        Desired = new(_numbers, 2);
        Job = new(_numbers, 3);
        Node = new(_numbers, 4);
        Deployment = new(_numbers, 5);
        JobVersion = new(_numbers, 6);
        Namespace = new(_numbers, 7);
        Type = new(_numbers, 8);
        Evaluation = new(_numbers, 9);
        Spec = new(_numbers, 10);
        Message = new(_numbers, 11);
        Notes = new(_numbers, 12);
        Updated = new(_longs, 0);
        Created = new(_longs, 1);
        Revision = new(_longs, 2);
        Changed = new(_longs, 3);
        Born = new(_longs, 4);
        _index = new(new IdKeys(Key));
        _links = new(Key, Previous, Next, _index);
        _candidates = new(new PlaceKeys(Job, Node));
        ByUpdated = new OrderIndex(Updated, Key, Ids);
        ByCreated = new OrderIndex(Created, Key, Ids);
    }

    /// <summary>The time of the data, as the columns store times; 0 while unknown. Filters such as "for more than 10 minutes" are measured from it.</summary>
    public long Moment { get; set; }

    /// <summary>Number of rows in use, including removed ones.</summary>
    public int RowCount { get; private set; }

    /// <summary>Number of chunks in use.</summary>
    public int ChunkCount => (RowCount + Chunk.Mask) >> Chunk.Bits;

    public RowSet? RowsInState(int state) => state < _byState.Length ? _byState[state] : null;
    public RowSet? RowsDesired(int state) => state < _byDesired.Length ? _byDesired[state] : null;

    /// <summary>The row of an execution, or -1.</summary>
    public int Find(string id) => Ids.TryFind(id, out var key) ? Find(key) : -1;

    public int Find(UInt128 key) => key == default ? -1 : _index.Find(key);

    public bool IsLive(int row) => (Flags[row] & Live) != 0;

    public string IdOf(int row) => Ids.Text(Key[row]);

    /// <summary>The execution of a row.</summary>
    public Execution Read(int row)
    {
        var notes = AllNotes[Notes[row]];
        return new Execution
        {
            Id = Ids.Text(Key[row]),
            JobId = Jobs[Job[row]].Id,
            JobType = Types[Type[row]],
            JobVersion = JobVersion[row],
            Namespace = Namespaces[Namespace[row]],
            NodeId = Nodes[Node[row]].Id,
            DeploymentId = (Flags[row] & HasOwnDeployment) != 0 ? Deployments[Deployment[row]].Id : "",
            EvaluationId = Texts[Evaluation[row]],
            SpecHash = Texts[Spec[row]],
            Desired = new StateReport(States[Desired[row]], notes.DesiredMessage, notes.DesiredDetails),
            Actual = new StateReport(States[State[row]], Messages[Message[row]], notes.ActualDetails),
            Details = notes.Details,
            PreviousId = Ids.Text(Previous[row]),
            NextId = Ids.Text(Next[row]),
            ReplacedBy = ReplacementOf(row) is >= 0 and var other ? new Replacement(IdOf(other), States[State[other]]) : null,
            Revision = Revision[row],
            CreatedAt = ToTime(Created[row]),
            UpdatedAt = ToTime(Updated[row]),
            StableAt = ToTime(Stable[row]),
        };
    }

    /// <summary>Times as sortable numbers; 0, before all times, means none.</summary>
    public static long FromTime(DateTimeOffset? time) => time is { } value ? value.UtcTicks + 1 : 0;

    public static DateTimeOffset? ToTime(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks - 1, TimeSpan.Zero);
}
