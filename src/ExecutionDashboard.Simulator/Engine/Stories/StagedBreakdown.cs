using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Engine.Stories;

/// <summary>Takes a scenario's nodes off the network together, repeatedly.</summary>
internal sealed class StagedBreakdown
{
    private readonly World _world;
    private readonly NodeLife _nodes;
    private readonly SimNode[] _meant;
    private long _next;

    public StagedBreakdown(World world, NodeLife nodes)
    {
        (_world, _nodes) = (world, nodes);
        if (world.Scenario?.Breakdown is not { } breakdown)
        {
            _meant = [];
            return;
        }
        var rule = LabelRule.Parse(breakdown.On);
        _meant = [.. world.Nodes.Where(n => rule.Matches(n.Label(rule.Key))).Take(breakdown.Most)];
        // From the start of the process, and so after a restart too.
        _next = world.Now + world.Span(breakdown.First);
    }

    /// <summary>Time was skipped.</summary>
    public void Skip(long gap) => _next += gap;

    /// <summary>Starts a breakdown when it is due.</summary>
    public void Advance()
    {
        if (_meant.Length == 0 || _world.Now < _next) return;
        var breakdown = _world.Scenario!.Breakdown!;
        _next += _world.Span(breakdown.Every);
        for (var i = 0; i < _meant.Length; i++) _nodes.Silence(_meant[i], _world.Span(breakdown.Away + breakdown.Straggle * i / _meant.Length));
    }
}
