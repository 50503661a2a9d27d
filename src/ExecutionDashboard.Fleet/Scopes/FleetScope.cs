namespace ExecutionDashboard.Fleet.Scopes;

/// <summary>
/// What of a fleet somebody sees: the union of some <see cref="ScopeRule"/>s. An execution is seen when one rule matches both its job and its node; a job when a rule matches it; a node when
/// a rule that names nodes or planes matches it, or when something that is seen runs on it. What belongs to an unknown job is not seen.
/// </summary>
/// <remarks>Rules are bits of a number, so that a job and a node are matched once and an execution costs one operation.</remarks>
public sealed class FleetScope : IEquatable<FleetScope>
{
    /// <summary>Most rules of one scope.</summary>
    public const int MostRules = 64;

    private readonly ScopeRule[] _rules;

    private FleetScope(ScopeRule[] rules)
    {
        _rules = rules;
        Text = string.Join("; ", rules.Select(rule => rule.Text));
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].LimitsNodes) NodeRules |= 1UL << i;
            if (rules[i].LimitsNodes || rules[i].LimitsPlanes) ShownNodeRules |= 1UL << i;
        }
    }

    /// <summary>Sees nothing.</summary>
    public static FleetScope Nothing { get; } = new([]);

    /// <summary>The rules in one form: equal texts are equal scopes.</summary>
    public string Text { get; }

    /// <summary>The rules that name nodes.</summary>
    public ulong NodeRules { get; }

    /// <summary>The rules that see nodes of their own, and not only those on which something runs: those that name nodes or planes.</summary>
    public ulong ShownNodeRules { get; }

    /// <summary>Whether something of a control plane may be seen.</summary>
    public bool SeesPlane(string plane) => Array.Exists(_rules, rule => rule.MatchesPlane(plane));

    /// <summary>The union of some rules.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MostRules"/>.</exception>
    public static FleetScope Of(IEnumerable<ScopeRule> rules)
    {
        ScopeRule[] distinct = [.. rules.DistinctBy(rule => rule.Text).OrderBy(rule => rule.Text, StringComparer.Ordinal)];
        return distinct.Length > MostRules ? throw new ArgumentException($"A scope has at most {MostRules} rules.", nameof(rules)) : distinct.Length == 0 ? Nothing : new(distinct);
    }

    /// <summary>The rules whose part about jobs matches one. Zero: the job is not seen.</summary>
    public ulong RulesOf(Job? job)
    {
        var matching = 0UL;
        if (job is null) return 0;
        for (var i = 0; i < _rules.Length; i++)
            if (_rules[i].Matches(job)) matching |= 1UL << i;
        return matching;
    }

    /// <summary>The rules whose part about nodes matches one; those that name no nodes match always, no node too.</summary>
    public ulong RulesOf(Node? node)
    {
        var matching = 0UL;
        for (var i = 0; i < _rules.Length; i++)
            if (_rules[i].Matches(node)) matching |= 1UL << i;
        return matching;
    }

    /// <summary>Whether a job is seen on all nodes: then what the control plane says of it as a whole is seen too.</summary>
    public bool SeesWhole(Job? job) => (RulesOf(job) & ~NodeRules) != 0;

    /// <summary>Whether the executions of a job on a node are seen.</summary>
    public bool Sees(Job? job, Node? node) => (RulesOf(job) & RulesOf(node)) != 0;

    /// <inheritdoc/>
    public bool Equals(FleetScope? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FleetScope);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
