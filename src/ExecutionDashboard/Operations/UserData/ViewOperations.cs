using System.Security.Cryptography;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>
/// The saved views of a tab's person. Anybody may save private ones. Sharing needs the role operator, and a shared view is changed by its author or an admin. Each change asks again who
/// asks.
/// </summary>
public sealed class ViewOperations(Person person, UserDataCopy copy, UserDataExchange exchange, IUserDataFeed feed, PreferenceOperations preferences, ICurrentUser user, AuditDoor audit)
{
    private const string OrderPrefix = "order:", DefaultPrefix = "default:";

    /// <summary>Views are known. Before, there seem to be none.</summary>
    public bool IsKnown => copy.IsLoaded;

    /// <summary>Why the person may not share views; empty when the person may.</summary>
    public string WhyNotShare => CommandRights.Refusal(user.Now, AccessRole.Operator);

    /// <summary>The views of a page that the person sees, in the person's order; those without a place come last, by name.</summary>
    public IReadOnlyList<SavedView> Of(string page)
    {
        var places = preferences[OrderPrefix + page].Split(',', StringSplitOptions.RemoveEmptyEntries).Select((id, place) => (id, place)).DistinctBy(p => p.id).ToDictionary(p => p.id, p => p.place, StringComparer.Ordinal);
        return [.. copy.ViewsOf(page, person.Key).Where(Sees).OrderBy(view => places.GetValueOrDefault(view.Id, int.MaxValue)).ThenBy(view => view.Name, NaturalOrder.Instance).ThenBy(view => view.Id, StringComparer.Ordinal)];
    }

    /// <summary>All views that the person sees, by name.</summary>
    public IReadOnlyList<SavedView> All => [.. copy.ViewsOf(person.Key).Where(Sees).OrderBy(view => view.Name, NaturalOrder.Instance).ThenBy(view => view.Id, StringComparer.Ordinal)];

    /// <summary>A view; null when there is none that the person sees.</summary>
    public SavedView? Find(string id) => copy.Find(id) is { } view && Sees(view) ? view : null;

    // Names and filters of views that others share tell what there is in the whole fleet.
    private bool Sees(SavedView view) => view.Owner == person.Key || (view.IsShared && user.Now.Grants.Scope is null);

    /// <summary>The view that the person's bare address of a page opens; null when none.</summary>
    public SavedView? DefaultOf(string page) => preferences[DefaultPrefix + page] is { Length: > 0 } id && Find(id) is { } view && view.Page == page ? view : null;

    /// <summary>Makes a view the default of its page, or none. Gives why not; empty when it is stored.</summary>
    public Task<string> MakeDefaultAsync(string page, string id, CancellationToken cancel = default) => preferences.KeepAsync(DefaultPrefix + page, id, cancel);

    /// <summary>Moves a view to another place among those of its page. Gives why not; empty when it is stored.</summary>
    public Task<string> MoveAsync(string page, string id, int to, CancellationToken cancel = default)
    {
        var ids = Of(page).Select(view => view.Id).ToList();
        if (!ids.Remove(id)) return Task.FromResult("The view was deleted meanwhile.");
        ids.Insert(Math.Clamp(to, 0, ids.Count), id);
        return preferences.KeepAsync(OrderPrefix + page, string.Join(',', ids), cancel);
    }

    /// <summary>Why the person may not change or delete a view; empty when the person may.</summary>
    public string WhyNotChange(SavedView view) => WhyNot(view, user.Now);

    /// <summary>Saves a new view of the person.</summary>
    /// <returns>The view, or why it is not saved.</returns>
    public Task<(SavedView? Saved, string Problem)> CreateAsync(string page, string name, string query, bool isShared, CancellationToken cancel = default) => SaveAsync(null, new SavedView
    {
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Page = page, Name = name, Query = query, Owner = person.Key, IsShared = isShared, Author = person.Name,
    }, cancel);

    /// <summary>Changes a view, unless somebody else did meanwhile.</summary>
    /// <returns>The view, or why it is not changed.</returns>
    public Task<(SavedView? Saved, string Problem)> ChangeAsync(SavedView before, SavedView after, CancellationToken cancel = default) => SaveAsync(before, after, cancel);

    /// <summary>Saves a view again that was deleted.</summary>
    /// <returns>The view, or why it is not saved.</returns>
    public Task<(SavedView? Saved, string Problem)> RestoreAsync(SavedView deleted, CancellationToken cancel = default) => SaveAsync(null, deleted, cancel);

    /// <summary>Deletes a view, unless somebody else changed it meanwhile. Gives why not; empty when it is deleted.</summary>
    public async Task<string> DeleteAsync(SavedView view, CancellationToken cancel = default)
    {
        if (WhyNot(view, await user.CheckAsync(cancel)) is { Length: > 0 } why) return Refuse(AuditActions.DeleteView, view, why);
        if (await feed.DeleteAsync(view.Id, view.Version, cancel) is { } problem) return problem;
        if (view.IsShared) audit.Done(AuditActions.DeleteView, TargetOf(view));
        return await exchange.ReadAsync(cancel) ?? "";
    }

    private async Task<(SavedView? Saved, string Problem)> SaveAsync(SavedView? before, SavedView after, CancellationToken cancel)
    {
        var asks = await user.CheckAsync(cancel);
        if (person.Key.Length == 0) return (null, "This browser keeps no cookies, so it cannot have views.");
        if (WhyNot(before ?? after, asks) is { Length: > 0 } why) return (null, Refuse(AuditActions.SaveView, before ?? after, why));
        if (before is not null && WhyNot(after, asks) is { Length: > 0 } whyNot) return (null, Refuse(AuditActions.SaveView, after, whyNot));
        var (saved, problem) = await feed.SaveAsync(new SaveViewRequest(after with { ChangedBy = asks.Name }, before?.Version ?? 0), cancel);
        if (saved is null) return (null, problem ?? "The feed sent no answer.");
        if (saved.IsShared) audit.Done(AuditActions.SaveView, TargetOf(saved), answer: saved.Query.Length > 0 ? $"{saved.Page}?{saved.Query}" : saved.Page);
        else if (before is { IsShared: true }) audit.Done(AuditActions.DeleteView, TargetOf(saved));
        return (saved, await exchange.ReadAsync(cancel) ?? "");
    }

    // Private views are not in the audit; that somebody tried to change another person's is.
    private string Refuse(string action, SavedView view, string why)
    {
        audit.Refused(action, view.IsShared ? TargetOf(view) : new AuditTarget(AuditTarget.View, view.Id), "", "", why);
        return why;
    }

    private static AuditTarget TargetOf(SavedView view) => new(AuditTarget.View, view.Id, view.Name);

    private string WhyNot(SavedView view, DashboardUser asks) =>
        asks.Role == AccessRole.None ? asks.Ended is { Length: > 0 } ended ? ended : "You are not signed in."
        : !view.IsShared ? view.Owner == person.Key ? "" : "This view is another person's."
        : CommandRights.Refusal(asks, AccessRole.Operator) is { Length: > 0 } why ? why
        : view.Owner == person.Key || asks.Role >= AccessRole.Admin ? "" : $"A shared view is changed by its author{(view.Author.Length > 0 ? $", {view.Author}," : "")} or an admin.";
}
