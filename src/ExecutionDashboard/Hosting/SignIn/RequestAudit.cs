using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// Writes into the audit what is done with requests alone: sign-ins, sign-outs, downloads and refused attempts. Refused attempts cost whoever makes them nothing, so they have a number a
/// minute: further ones are counted, and the next that is written says how many there were.
/// </summary>
internal sealed class RequestAudit
{
    /// <summary>Refused attempts that are written one by one in a minute.</summary>
    public const int RefusedEachMinute = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AuditTrail _trail;
    private readonly TimeProvider _time;
    private readonly Sessions? _sessions;
    private readonly RoleBindings? _bindings;
    private DateTimeOffset _since;
    private int _written, _left;

    public RequestAudit(AuditTrail trail, TimeProvider time, Sessions? sessions = null, RoleBindings? bindings = null)
    {
        (_trail, _time, _sessions, _bindings) = (trail, time, sessions, bindings);
        if (sessions is not null) sessions.Changed += OnChanged;
    }

    /// <summary>A person signed in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="person">The person.</param>
    /// <param name="how">In which way.</param>
    public void SignedIn(HttpContext context, ClaimsPrincipal person, AuthMode how) =>
        _trail.Follow(Entry(context, person, AuditOutcome.Done, AuditActions.SignIn, new(AuditTarget.SignIn, how.ToString().ToLowerInvariant()), ""));

    /// <summary>A person signed out.</summary>
    public void SignedOut(HttpContext context) => _trail.Follow(Entry(context, context.User, AuditOutcome.Done, AuditActions.SignOut, AuditTarget.None, ""));

    /// <summary>Writes that something is about to be done, and waits until that is stored.</summary>
    public async Task<AuditedAct> AskAsync(HttpContext context, string action, AuditTarget target)
    {
        var entry = Entry(context, context.User, AuditOutcome.Asked, action, target, "");
        var (number, problem) = await _trail.StoreAsync(entry, context.RequestAborted);
        return new(_trail, _time, entry, number, problem ?? "");
    }

    /// <summary>Something was refused before anybody could do it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What was tried.</param>
    /// <param name="target">On what.</param>
    /// <param name="why">Why it was refused: the role that was needed.</param>
    public void Refused(HttpContext context, string action, AuditTarget target, string why)
    {
        int left;
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if ((now - _since).Duration() >= Minute) (_since, _written) = (now, 0);
            if (_written == RefusedEachMinute)
            {
                _left++;
                return;
            }
            _written++;
            (left, _left) = (_left, 0);
        }
        var entry = Entry(context, context.User, AuditOutcome.Refused, action, target, why);
        _trail.Follow(left == 0 ? entry : entry with { Numbers = FormattableString.Invariant($"{left} more refused attempts before this one have no rows of their own.") });
    }

    // A provider withdraws a sign-in without a request. Its act has one id, so it is stored once however often it is told.
    private void OnChanged(string id)
    {
        if (_sessions!.Find(id) is not { Ended: { Length: > 0 } why } session || why == SignInEndpoints.SignedOutByPerson) return;
        _trail.Follow(new()
        {
            Act = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"ended {id}")))[..32], At = _time.GetUtcNow(), Outcome = AuditOutcome.Done, Who = _sessions.NameOf(session.Person),
            Role = AccessRole.None.ToString().ToLowerInvariant(), Action = AuditActions.SignOut, Answer = why,
        });
    }

    private AuditEntry Entry(HttpContext context, ClaimsPrincipal person, AuditOutcome outcome, string action, AuditTarget target, string answer)
    {
        var from = ClientOrigin.Of(context);
        // Where nobody signs in, everybody may do everything.
        var (name, role) = _sessions is null || _bindings is null ? ("", AccessRole.Admin) : person.Identity?.IsAuthenticated == true ? (_sessions.NameOf(person), _bindings.Of(person).Highest) : ("", AccessRole.None);
        return new()
        {
            Act = Guid.NewGuid().ToString("N"), At = _time.GetUtcNow(), Outcome = outcome, Who = AuditDoor.NameOf(name, from), Role = role.ToString().ToLowerInvariant(), From = from, Action = action, Target = target, Answer = answer,
        };
    }
}
