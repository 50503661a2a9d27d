using ExecutionDashboard.Components.Pages.Audit;
using ExecutionDashboard.Components.Pages.Changes;
using ExecutionDashboard.Components.Pages.Changes.Incident;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Attention;
using ExecutionDashboard.Components.Shared.Keys;
using ExecutionDashboard.Components.Shared.Text;
using ExecutionDashboard.Components.Shared.Things;
using ExecutionDashboard.Components.Shared.Views;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Changes;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.Attention;
using ExecutionDashboard.Live.Scopes;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.UserData;

namespace ExecutionDashboard.Components.Layout.Palette;

/// <summary>
/// Finds what the palette lists. All that it shows of the fleet comes from the part of it that the person may see: hits, recent things, the thing of the page and what can be done with it.
/// </summary>
public sealed class PaletteSearch(Replica replica, Problems problems, ThingActions actions, AuditReading audit, ViewOperations views, FleetSight sight)
{
    /// <summary>Most entries while something is typed.</summary>
    public const int Most = 30;

    /// <summary>Most recent things that are shown.</summary>
    public const int MostRecent = 8;

    private const int MostOfAKind = 8, MostOfOneKind = 30, MostActionsOfThePage = 6, MostViews = 5;

    /// <summary>What is listed before anything is typed: what can be done with the thing of the page, recent things, pages.</summary>
    /// <param name="here">The thing that is open or selected; null for none.</param>
    /// <param name="recents">Recent things, newest first.</param>
    public PaletteList Start(FleetThing? here, IEnumerable<FleetThing> recents)
    {
        var recent = recents.Where(thing => thing != here).Select(Entry).OfType<PaletteEntry>().Take(MostRecent).Select(entry => entry with { Group = "Recent" });
        PaletteEntry[] all = [.. ActionsHere(here).Take(MostActionsOfThePage), .. recent, .. Views().Take(MostViews).Select(view => view with { Group = "Views" }), .. Pages().Select(page => page with { Group = "Pages" })];
        return new(all, Format.Count(all.Length, "entry", "entries"));
    }

    /// <summary>What matches a text, best first.</summary>
    /// <param name="text">As typed or pasted.</param>
    /// <param name="here">The thing that is open or selected; null for none.</param>
    public PaletteList Find(string text, FleetThing? here)
    {
        var sought = SoughtText.Parse(text);
        if (sought.IsEmpty) return PaletteList.None;
        var hits = replica.Store.Search(sought, sought.Kind.Length > 0 ? MostOfOneKind : MostOfAKind);
        var found = hits.Hits.Select(hit => Entry(new(KindOf(hit.Kind), hit.Id)) is { } entry ? entry with { Quality = hit.Quality } : null).OfType<PaletteEntry>();
        PaletteEntry[] pasted = [.. Pasted(text)];
        var others = (sought.Wants("page") ? Pages().Select(page => page with { Quality = sought.Of(page.Title, page.Title) }) : [])
            .Concat(sought.Wants("view") ? Views().Select(view => view with { Quality = sought.Of(view.Title, view.Title) }) : [])
            .Concat(pasted)
            .Concat(sought.Kind.Length == 0 ? Exports(here).Select(export => export with { Quality = sought.Of(export.Title, export.Title) }) : [])
            .Concat(sought.Kind.Length == 0 ? ActionsHere(here).Select(action => action with { Quality = sought.Of(action.Title, action.Title), Group = "", Note = $"{action.Group}{(action.Note.Length > 0 ? ". " + action.Note : "")}" }) : [])
            .Where(entry => entry.Quality != MatchQuality.None).ToArray();
        PaletteEntry[] open = [.. sought.Wants("problem") ? ProblemsOf(sought) : []];
        var counted = hits.Found.Values.Sum() + others.Length + open.Length;
        // A stable sort: of the same quality pages and actions come first, since there are few. Problems come last: the names of what they concern are in their summaries.
        List<PaletteEntry> all = [.. others.Concat(found).Concat(open).OrderByDescending(entry => entry.Quality).Take(Most)];
        var words = all.Count == counted ? Format.Count(counted, "result") : $"The best {all.Count} of {Format.Count(counted, "result")}";
        // In a list of executions there is more to search: their messages.
        if (sought.Words.Count > 0 && pasted.Length == 0 && sought.Wants("execution")) all.Add(new("List", "search", $"Executions with “{text.Trim()}”") { Note = "id, message, job or node", Action = new("Search", "search") { Address = ExecutionListUrl.For(new() { Text = text.Trim() }) } });
        return new(all, counted == 0 ? "No results" : words);
    }

    /// <summary>What can be done with a thing.</summary>
    public PaletteList ActionsOf(FleetThing thing)
    {
        IReadOnlyList<PaletteEntry> all = Entry(thing) is null ? [] : [.. actions.Of(thing).Select(Of)];
        return new(all, Format.Count(all.Count, "action"));
    }

    /// <summary>A thing as an entry; null when there is none, or it must not be seen.</summary>
    public PaletteEntry? Entry(FleetThing thing)
    {
        var store = replica.Store;
        var opens = new ThingAction("Open", "open") { Address = thing.Address };
        switch (thing.Kind)
        {
            case ThingKind.Execution when store.FindExecution(thing.Id) is { } execution:
                return new("Execution", "executions", NameOf(execution)) { Note = PlainText.Of(execution.Id), State = Signs.Of(execution), Action = opens, Thing = thing };
            case ThingKind.Node when store.FindNode(thing.Id) is { } node:
                return new("Node", "nodes", node.DisplayName) { Note = node.Name.Length > 0 ? PlainText.Of(node.Id) : "", State = Signs.Connection(store.ConnectionOf(node.Id)), Action = opens, Thing = thing };
            case ThingKind.Job when store.FindJob(thing.Id) is { } job:
                return new("Job", "jobs", job.DisplayName) { Note = string.Join(", ", ((string[])[store.Planes.Of(job.Id), $"v{job.Version}", PlainText.Of(job.Namespace)]).Where(part => part.Length > 0)), State = Signs.Of(job), Action = opens, Thing = thing };
            case ThingKind.Deployment when store.FindDeployment(thing.Id) is { } deployment:
                return new("Deployment", "deployments", $"{DeploymentLabels.JobName(deployment, store)} {DeploymentLabels.Versions(deployment)}".Trim()) { Note = PlainText.Of(deployment.Id), State = Signs.Of(deployment), Action = opens, Thing = thing };
            case ThingKind.Problem when problems.Open.FirstOrDefault(p => p.Problem.Id == thing.Id) is { Problem: var problem }:
                return new("Problem", "attention", ProblemLabels.Title(problem.Cause)) { Note = problem.Summary, State = ProblemLabels.Sign(problem.Severity), Action = opens, Thing = thing };
            default:
                return null;
        }
    }

    private string NameOf(Execution execution)
    {
        var job = replica.Store.FindJob(execution.JobId)?.DisplayName ?? PlainText.Of(execution.JobId);
        var node = execution.NodeId.Length == 0 ? "" : " on " + (replica.Store.FindNode(execution.NodeId)?.DisplayName ?? PlainText.Of(execution.NodeId));
        return $"{job} v{execution.JobVersion}{node}";
    }

    private IEnumerable<PaletteEntry> ActionsHere(FleetThing? here) =>
        here is not null && Entry(here) is { } entry ? actions.Of(here).Select(action => Of(action) with { Group = $"{entry.Kind}: {entry.Title}" }) : [];

    private IEnumerable<PaletteEntry> ProblemsOf(SoughtText sought) =>
        problems.Open.Select(p => (Entry: Entry(new(ThingKind.Problem, p.Problem.Id)), Quality: sought.Of(ProblemLabels.Title(p.Problem.Cause), p.Problem.Summary)))
            .Where(p => p.Entry is not null && p.Quality > MatchQuality.Initials).OrderByDescending(p => p.Quality).Take(MostOfAKind).Select(p => p.Entry! with { Quality = p.Quality });

    // Pages that the person may not open are not offered.
    private IEnumerable<PaletteEntry> Pages() => AppPage.All.Where(page => page.Path != AuditUrl.Path || audit.WhyNot.Length == 0).Select(page => new PaletteEntry("Page", page.Icon, page.Name) { Keys = "g " + page.Key, Action = new("Go", page.Icon) { Address = page.Path } });

    // Around the problem that is open, or of the last hour.
    private IEnumerable<PaletteEntry> Exports(FleetThing? here)
    {
        if (!sight.IsWhole) yield break;
        var record = here is { Kind: ThingKind.Problem } ? problems.Open.FirstOrDefault(p => p.Problem.Id == here.Id)?.Problem : null;
        yield return new("Action", "changes", "Export incident")
        {
            Note = record is null ? "What changed in the last hour, as one file" : $"{ProblemLabels.Title(record.Cause)}, as one file",
            Action = new("Export", "changes") { Address = record is null ? IncidentExport.Address("html", ChangesUrl.Default, ChangeGrouping.Job) : IncidentExport.Around(record.Since, null) },
        };
    }

    private IEnumerable<PaletteEntry> Views() => views.All.Select(view =>
        new PaletteEntry("View", view.IsShared ? "shared" : "star", view.Name) { Note = NoteOf(view), Action = new("Go", "star") { Address = ViewAddress.Of(view) } });

    private static string NoteOf(SavedView view)
    {
        var page = AppPage.All.FirstOrDefault(page => page.Path == view.Page)?.Name ?? view.Page;
        return !view.IsShared ? page : view.Author.Length > 0 ? $"{page}, shared by {view.Author}" : $"{page}, shared";
    }

    // A shared view is told by its name, where the person may see it. The page of another one says so.
    private IEnumerable<PaletteEntry> Pasted(string text)
    {
        if (PastedText.Read(text).Count > 0 && PastedText.ListOf(text) is null) yield break;
        if (PastedPage.Read(text, replica.Store) is not { } page || (page.Address.Split('?')[0] == AuditUrl.Path && audit.WhyNot.Length > 0)) yield break;
        var view = page.Address.StartsWith("views/", StringComparison.Ordinal) ? views.Find(page.Address["views/".Length..].Split('?')[0]) : null;
        yield return new(view is null ? "Page" : "View", page.Icon, view?.Name ?? page.Name) { Note = view is null ? page.Filters : NoteOf(view), Quality = MatchQuality.Whole, Action = new("Go", page.Icon) { Address = page.Address } };
    }

    private static PaletteEntry Of(ThingAction action) => new("Action", action.Icon, action.Label) { Note = action.WhyNot, Action = action, Keys = action.Key };

    private static ThingKind KindOf(FleetKind kind) => kind switch
    {
        FleetKind.Node => ThingKind.Node,
        FleetKind.Job => ThingKind.Job,
        FleetKind.Deployment => ThingKind.Deployment,
        _ => ThingKind.Execution,
    };
}
