using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Operations.Audit;

/// <summary>
/// The one way into the audit for what the person of a tab or request does. An act that sends something begins with <see cref="AskAsync"/>: it may be sent only when
/// <see cref="AuditedAct.Problem"/> is empty, and what came of it is then told with the act's methods. They never wait and never fail.
/// </summary>
public sealed class AuditDoor(ICurrentUser user, IClientOrigin origin, AuditTrail trail, TimeProvider time)
{
    /// <summary>Writes that something is about to be sent, and waits until that is stored.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">What it is done to.</param>
    /// <param name="numbers">The numbers that the person saw when confirming, as a sentence; may be empty.</param>
    /// <param name="reason">Why, in the person's words; may be empty.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<AuditedAct> AskAsync(string action, AuditTarget target, string numbers, string reason, CancellationToken cancel)
    {
        var entry = Entry(AuditOutcome.Asked, action, target, numbers, reason, "");
        var (number, problem) = await trail.StoreAsync(entry, cancel);
        return new(trail, time, entry, number, problem is null ? "" : $"The audit cannot be written, and nothing is sent that is not in it. {problem}");
    }

    /// <summary>Writes an act of one step that is done.</summary>
    public void Done(string action, AuditTarget target, string numbers = "", string reason = "", string answer = "") => trail.Follow(Entry(AuditOutcome.Done, action, target, numbers, reason, answer));

    /// <summary>Writes that an act was refused, and why: which role was needed, or that the sign-in had ended.</summary>
    public void Refused(string action, AuditTarget target, string numbers, string reason, string why) => trail.Follow(Entry(AuditOutcome.Refused, action, target, numbers, reason, why));

    private AuditEntry Entry(AuditOutcome outcome, string action, AuditTarget target, string numbers, string reason, string answer)
    {
        var who = user.Now;
        return new()
        {
            Act = Guid.NewGuid().ToString("N"), At = time.GetUtcNow(), Outcome = outcome, Who = NameOf(who.Name, origin.Address), Role = who.Role.ToString().ToLowerInvariant(), From = origin.Address, Action = action,
            Target = target, Numbers = numbers, Reason = reason, Answer = answer,
        };
    }

    /// <summary>Who is named: the person that signed in, or whoever is at an address.</summary>
    public static string NameOf(string name, string address) => name.Length > 0 ? name : $"somebody at {(address.Length > 0 ? address : "an unknown address")}";
}

/// <summary>An act that was written before it is sent. Each outcome is written once.</summary>
public sealed class AuditedAct
{
    private readonly AuditTrail _trail;
    private readonly TimeProvider _time;
    private readonly AuditEntry _entry;

    internal AuditedAct(AuditTrail trail, TimeProvider time, AuditEntry entry, long number, string problem) => (_trail, _time, _entry, Number, Problem) = (trail, time, entry, number, problem);

    /// <summary>Number of its row; 0 when it was not stored.</summary>
    public long Number { get; }

    /// <summary>Why it may not be sent, one sentence or two; empty when it may.</summary>
    public string Problem { get; }

    /// <summary>Its first entry.</summary>
    public AuditEntry Entry => _entry;

    /// <summary>It was taken; its effect is waited for.</summary>
    public void Accepted(string answer = "") => Follow(AuditOutcome.Accepted, answer);

    /// <summary>It was done, and no effect is waited for.</summary>
    public void Done(string answer = "") => Follow(AuditOutcome.Done, answer);

    /// <summary>It was answered with a no, or not at all.</summary>
    public void Failed(string answer) => Follow(AuditOutcome.Failed, answer);

    /// <summary>Its effect was seen.</summary>
    /// <param name="state">The state that followed.</param>
    public void Seen(string state) => Follow(AuditOutcome.Seen, state);

    /// <summary>No effect was seen in time.</summary>
    public void NotSeen(string answer) => Follow(AuditOutcome.NotSeen, answer);

    private void Follow(AuditOutcome outcome, string answer)
    {
        if (Number > 0) _trail.Follow(_entry with { Outcome = outcome, Answer = answer, At = _time.GetUtcNow() });
    }
}
