using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;
using ExecutionDashboard.Simulator.Engine.Stories;

namespace ExecutionDashboard.Simulator.Fleet;

/// <summary>The executions at the start of a fleet: the current one of each job and node, and those it replaced.</summary>
internal static class SeededHistory
{
    private record struct Draft(long Created, long Updated, SimJobVersion Version, SimNode Node, ActualState Actual, int Before);

    /// <summary>Adds them, oldest first.</summary>
    public static void AddTo(World world)
    {
        var drafts = Draw(world);
        var order = Enumerable.Range(0, drafts.Count).ToArray();
        Array.Sort(drafts.ConvertAll(d => d.Created).ToArray(), order);
        var made = new SimExecution[drafts.Count];
        for (var ordinal = 0; ordinal < order.Length; ordinal++) made[order[ordinal]] = Make(world, drafts[order[ordinal]], ordinal);
        for (var i = 0; i < made.Length; i++)
        {
            if (drafts[i].Before < 0) continue;
            made[i].Previous = made[drafts[i].Before].Ordinal;
            made[drafts[i].Before].Next = made[i].Ordinal;
        }
        Array.Sort(order, (a, b) => made[a].Ordinal.CompareTo(made[b].Ordinal));
        foreach (var i in order)
        {
            world.Add(made[i]);
            if (made[i].Next < 0) made[i].Node.Current.Add(made[i]);
        }
        Array.Sort(made, (a, b) => a.UpdatedAt != b.UpdatedAt ? a.UpdatedAt.CompareTo(b.UpdatedAt) : a.Ordinal.CompareTo(b.Ordinal));
        foreach (var execution in made)
        {
            execution.Change = ++world.Change;
            world.Recency.MoveToFront(execution);
        }
        world.Sequence = (long)made.Length * History.PastSteps;
        world.Evaluation = made.Length / 16;
    }

    private static List<Draft> Draw(World world)
    {
        var pairs = new List<(SimJob Job, SimNode Node)>();
        foreach (var job in world.Jobs)
            foreach (var node in world.Nodes)
                if (job.Version.Reading.Selector.Matches(node)) pairs.Add((job, node));
        var most = world.Options.Executions ?? int.MaxValue;
        if (pairs.Count > most) pairs.RemoveRange(most, pairs.Count - most);
        var drafts = new List<Draft>(world.Options.Executions ?? pairs.Count * 3);
        var left = world.Options.Executions is { } target ? target - pairs.Count : -1;
        for (var i = 0; i < pairs.Count; i++)
        {
            var (job, node) = pairs[i];
            var depth = left < 0 ? world.Random.Between(0, 3) : left / (pairs.Count - i);
            if (left >= 0) left -= depth;
            Chain(world, drafts, job, node, depth);
        }
        return drafts;
    }

    private static void Chain(World world, List<Draft> drafts, SimJob job, SimNode node, int depth)
    {
        var random = world.Random;
        var first = Math.Max(0, job.Versions.Count - 1 - depth);
        var start = job.Versions[first].CreatedAt;
        var end = world.Now - TimeSpan.FromMinutes(10).Ticks;
        var length = Math.Max(TimeSpan.TicksPerSecond, (end - start) / (depth + 1));
        var before = -1;
        for (var i = 0; i <= depth; i++)
        {
            var version = job.Versions[depth == 0 ? ^1 : first + (int)((long)i * (job.Versions.Count - 1 - first) / depth)];
            var created = start + length * i + (long)(length * 0.8 * random.Fraction());
            var last = i == depth;
            var actual = job.IsOneShot ? (random.Chance(0.04) ? ActualState.Failed : ActualState.Completed)
                : last ? (node.FailureRate > 0 && random.Chance(0.7) ? ActualState.Failed : ActualState.Running) : random.Chance(0.12) ? ActualState.Failed : ActualState.Stopped;
            var updated = job.IsOneShot ? created + random.Seconds(3, 60).Ticks
                : last ? created + random.Seconds(25, 90).Ticks : created + (long)(length * 0.15 * random.Fraction()) + TimeSpan.TicksPerSecond * 20;
            drafts.Add(new(created, Math.Min(updated, world.Now), version, node, actual, before));
            before = drafts.Count - 1;
        }
    }

    private static SimExecution Make(World world, Draft draft, int ordinal)
    {
        var execution = new SimExecution
        {
            Ordinal = ordinal, Version = draft.Version, Node = draft.Node, CreatedAt = draft.Created, UpdatedAt = draft.Updated, Evaluation = ordinal / 16,
            Deployment = world.Deployments.Find(d => d.To == draft.Version), Actual = draft.Actual,
            Desired = draft.Actual == ActualState.Stopped ? DesiredState.Stopped : DesiredState.Running, Stable = draft.Actual != ActualState.Failed,
            Revision = draft.Actual switch { ActualState.Stopped => 7, ActualState.Failed => 5, _ => 4 },
        };
        if (execution.Stable && !draft.Version.Job.IsOneShot) execution.StableAt = Math.Min(draft.Created + 24 * TimeSpan.TicksPerSecond, draft.Updated);
        execution.Report = draft.Actual switch
        {
            ActualState.Running => Report.Healthy,
            ActualState.Completed => Report.Completed,
            ActualState.Failed => Faults.Fatal(world.Random, execution),
            _ => Report.Stopped,
        };
        if (draft.Actual == ActualState.Stopped) execution.DesiredMessage = "Replaced by a newer version";
        return execution;
    }
}
