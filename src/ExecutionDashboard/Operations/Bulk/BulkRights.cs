using ExecutionDashboard.Fleet.Bulk;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Operations.Bulk;

/// <summary>What is known of people who are not at a tab of theirs.</summary>
public interface IKnownPeople
{
    /// <summary>The role of a person for the whole fleet now; null when this process does not know the person. <see cref="AccessRole.None"/>: it was withdrawn.</summary>
    AccessRole? RoleOf(string name);
}

/// <summary>Where nobody signs in.</summary>
public sealed class NoPeople : IKnownPeople
{
    /// <inheritdoc/>
    public AccessRole? RoleOf(string name) => null;
}

/// <summary>
/// What the starter of a run may do and see while it goes on, asked before each wave and for each item: the one place for it. A process that does not know the person goes by the role that was
/// noted at the start.
/// </summary>
/// <param name="settings">How much an operator may do at once.</param>
/// <param name="people">Who has which role now.</param>
public sealed class BulkRights(AccessSettings settings, IKnownPeople people)
{
    /// <summary>The role that a run needs.</summary>
    public AccessRole Needed(int executions) => executions > settings.BulkLimit ? AccessRole.Admin : AccessRole.Operator;

    /// <summary>Why the run may not go on; empty when it may.</summary>
    public string WhyNot(BulkRun run)
    {
        var noted = Enum.TryParse<AccessRole>(run.StartedAs, ignoreCase: true, out var role) ? role : AccessRole.None;
        var now = run.StartedBy.Length == 0 ? noted : people.RoleOf(run.StartedBy) ?? noted;
        var needed = Needed(run.Executions);
        return now >= needed ? "" : $"{(run.StartedBy.Length == 0 ? "Who started it" : run.StartedBy)} no longer has the role {needed.ToString().ToLowerInvariant()} that it needs.";
    }

    /// <summary>Whether the starter may see an item now. Runs are for who has a role for the whole fleet, so all of it is seen: what limits it is asked here.</summary>
    public bool MaySee(BulkRun run, BulkItem item) => run.Id.Length > 0 && item.Id.Length > 0;
}
