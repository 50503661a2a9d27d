using ExecutionDashboard.Fleet.Store.Queries;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live.Logs;
using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Components.Shared.Views;

/// <summary>
/// The parts of a list's address that are not the page's own: which saved view it came from, and the height of rows. A page's own address has neither, so <see cref="Keep"/> carries them
/// along.
/// </summary>
public static class ViewAddress
{
    /// <summary>Value of the view's key for a list that is opened without any view, where the person has a default view.</summary>
    public const string All = "all";

    private const string SavedKey = "saved", DensityKey = "density", OpenKey = "open";

    /// <summary>Id of the view that an address came from, or <see cref="All"/>; empty for none.</summary>
    public static string SavedIn(string address) => Value(address, SavedKey);

    /// <summary>Height of rows that an address asks for, <c>compact</c> or <c>comfortable</c>; empty for the person's own.</summary>
    public static string DensityIn(string address) => Value(address, DensityKey) is ("compact" or "comfortable") and var density ? density : "";

    /// <summary>The address, with the view and height of rows of the current one where they are on the same page, and with the filters of the log of the execution that stays open.</summary>
    /// <param name="next">Where to go, relative.</param>
    /// <param name="current">The current address, relative.</param>
    public static string Keep(string next, string current) =>
        WithMoment(PathOf(next) != PathOf(current) ? next
        : With(WithLog(next, current), SavedIn(next) is { Length: > 0 } saved ? saved : SavedIn(current), DensityIn(next) is { Length: > 0 } density ? density : DensityIn(current)), current);

    /// <summary>The address with another view and height of rows; empty ones are left out.</summary>
    public static string With(string address, string saved, string density)
    {
        var query = string.Join('&', ((string[])[OwnQuery(address), density.Length > 0 ? $"{DensityKey}={density}" : "", saved.Length > 0 ? $"{SavedKey}={Uri.EscapeDataString(saved)}" : ""]).Where(part => part.Length > 0));
        return query.Length > 0 ? $"{PathOf(address)}?{query}" : PathOf(address);
    }

    /// <summary>What a view keeps of an address: its query without the view that it came from.</summary>
    /// <param name="own">The page's own address, as it writes it.</param>
    /// <param name="density">Height of rows; empty for the person's own.</param>
    public static string QueryOf(string own, string density) => QueryText.QueryOf(With(own, "", density));

    /// <summary>The address of a view: all of it, and the view that it is.</summary>
    public static string Of(SavedView view) => With(view.Query.Length > 0 ? $"{view.Page}?{view.Query}" : view.Page, view.Id, DensityIn("?" + view.Query));

    /// <summary>The address of a link to a view, which is short and opens the view as it is then.</summary>
    public static string LinkTo(SavedView view) => "views/" + view.Id;

    /// <summary>Whether an address has no query at all.</summary>
    public static bool IsBare(string address) => QueryText.QueryOf(MomentAddress.Without(address)).Length == 0;

    /// <summary>
    /// The parts of a kept query that the page no longer writes, which it could not read. Where it writes as many, it only spells them in another way.
    /// </summary>
    /// <param name="kept">The query that was kept.</param>
    /// <param name="own">The page's own address for it.</param>
    public static IReadOnlyList<string> Unread(string kept, string own)
    {
        var (before, after) = (Parts(kept), Parts(QueryText.QueryOf(own)));
        return after.Count >= before.Count ? [] : [.. before.Except(after).Select(QueryText.Unescape)];

        static List<string> Parts(string query) => [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !IsOurs(part))];
    }

    // The moment of the past goes along every link.
    private static string WithMoment(string next, string current) => MomentAddress.TimeIn(current) is { } at && MomentAddress.In(next).Length == 0 ? MomentAddress.With(next, at) : next;

    private static string WithLog(string next, string current) =>
        Value(next, OpenKey) is { Length: > 0 } open && open == Value(current, OpenKey) ? LogQuery.Parse(current, LogQuery.InPanel).In(next, LogQuery.InPanel) : next;

    private static string OwnQuery(string address) => string.Join('&', QueryText.QueryOf(address).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !IsOurs(part)));

    private static bool IsOurs(string part) => part.Split('=', 2)[0] is SavedKey or DensityKey;

    private static string Value(string address, string key) => QueryText.OfAddress(address).LastOrDefault(pair => pair.Key == key).Value ?? "";

    private static string PathOf(string address) => address.Split('?', '#')[0];
}
