using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;

namespace ExecutionDashboard.Fleet.Search;

/// <summary>
/// Looks through the names and ids of a fleet. No index but the letters of names: names are few, and ids are compared as numbers.
/// </summary>
/// <param name="table">The executions.</param>
/// <param name="catalog">Nodes, jobs and deployments.</param>
/// <param name="sought">What is looked for.</param>
/// <param name="most">Most hits per kind.</param>
internal sealed class FleetSearch(ExecutionTable table, Catalog catalog, SoughtText sought, int most)
{
    // An execution is named by its job and its node: so many of the best of each are combined.
    private const int MostJobs = 64, MostNodes = 512;
    // One or two letters are in the ids of thousands.
    private const int ShortestId = 3;
    // From this many rows on, ids are compared on all cores.
    private const int ManyRows = 200_000;

    private readonly ulong[] _letters = [.. sought.Words.Select(word => NameLetters.Needed(word))];

    /// <summary>Jobs by name and id.</summary>
    public BestHits<Group> Jobs() => Named(table.Jobs, "job", catalog.Jobs);

    /// <summary>Nodes by name and id.</summary>
    public BestHits<Group> Nodes() => Named(table.Nodes, "node", catalog.Nodes);

    /// <summary>Deployments by the name of their job with the version, and by id; newest first.</summary>
    public BestHits<Deployment> Deployments(IReadOnlyList<Deployment> newestFirst)
    {
        var hits = new BestHits<Deployment>(most, (a, b) => a.CreatedAt != b.CreatedAt ? Nullable.Compare(b.CreatedAt, a.CreatedAt) : string.CompareOrdinal(a.Id, b.Id));
        if (!sought.Wants("deployment")) return hits;
        foreach (var deployment in newestFirst)
            if (sought.Of(NameOf(deployment), deployment.Id) is not MatchQuality.None and var quality) hits.Add(deployment, quality);
        return hits;
    }

    /// <summary>Rows of executions by a part of their id, and by job and node; current ones first, then those that changed last.</summary>
    public BestHits<int> Executions()
    {
        var hits = new BestHits<int>(most, CompareRows);
        if (!sought.Wants("execution")) return hits;
        if (sought.Words.Count == 1 && sought.Words[0].Length >= ShortestId) AddById(sought.Words[0], hits);
        else if (sought.Words.Count > 1) AddByPlace(hits);
        return hits;
    }

    private BestHits<Group> Named<T>(GroupTable groups, string kind, Listing<T> listed) where T : class, IEquatable<T>
    {
        var hits = new BestHits<Group>(most, ByName);
        if (!sought.Wants(kind)) return hits;
        // Groups outlive their node or job. Mostly none is gone, and then none has to be looked up.
        var noneIsGone = listed.Count == groups.Count - 1;
        var letters = groups.LettersOfNames();
        var needed = _letters.Aggregate(0UL, (all, one) => all | one);
        for (var number = 1; number < letters.Length; number++)
            if ((needed & ~letters[number]) == 0 && groups[number] is { } group && sought.Of(group.Name, group.Id) is not MatchQuality.None and var quality && (noneIsGone || listed.Find(group.Id) is not null))
                hits.Add(group, quality);
        return hits;
    }

    private void AddById(string word, BestHits<int> hits)
    {
        if (table.Ids.Planes.AreSeveral && table.Find(word) is >= 0 and var whole)
        {
            if (table.IsLive(whole)) hits.Add(whole, MatchQuality.Whole);
            return;
        }
        if (!table.Ids.HasTexts && !table.Ids.Planes.AreSeveral && UuidPart.Whole(word) is { } id)
        {
            if (table.Find(id) is >= 0 and var row && table.IsLive(row)) hits.Add(row, MatchQuality.Whole);
            return;
        }
        var uuid = UuidPart.Parse(table.Ids.Planes.OwnId(word));
        if (uuid is null && !table.Ids.HasTexts) return;
        var chunks = table.ChunkCount;
        if (table.RowCount < ManyRows)
        {
            for (var chunk = 0; chunk < chunks; chunk++) AddById(word, uuid, chunk, hits);
            return;
        }
        var parts = Math.Min(Environment.ProcessorCount, chunks);
        var found = Enumerable.Range(0, parts).Select(_ => new BestHits<int>(most, CompareRows)).ToArray();
        Parallel.For(0, parts, part =>
        {
            for (var chunk = part; chunk < chunks; chunk += parts) AddById(word, uuid, chunk, found[part]);
        });
        foreach (var part in found) hits.Add(part);
    }

    private void AddById(string word, UuidPart? uuid, int chunk, BestHits<int> hits)
    {
        var end = Math.Min(table.RowCount, (chunk + 1) << Chunk.Bits);
        for (var row = chunk << Chunk.Bits; row < end; row++)
        {
            var key = table.Key[row];
            var quality = IdTable.IsUuid(key) || IdTable.IsOfPlane(key) ? uuid?.Of(IdTable.UuidOf(key)) ?? MatchQuality.None : NameMatch.Of(word, table.Ids.Text(key));
            // Ids are no words: beginnings of their parts would match by chance.
            if (quality > MatchQuality.Initials && table.IsLive(row)) hits.Add(row, quality);
        }
    }

    private void AddByPlace(BestHits<int> hits)
    {
        var all = (1 << sought.Words.Count) - 1;
        var (jobs, nodes) = (Parts(table.Jobs, MostJobs), Parts(table.Nodes, MostNodes));
        foreach (var job in jobs)
            foreach (var node in nodes)
                if ((job.Words | node.Words) == all && table.NewestOf(job.Number, node.Number) is >= 0 and var row && table.IsLive(row))
                    hits.Add(row, job.Quality < node.Quality ? job.Quality : node.Quality);
    }

    // The jobs or nodes that some of the words match: which words, and how well.
    private List<(int Number, int Words, MatchQuality Quality)> Parts(GroupTable groups, int limit)
    {
        var best = new BestHits<(int Number, int Words, MatchQuality Quality)>(limit, (a, b) =>
            a.Words != b.Words ? int.PopCount(b.Words) - int.PopCount(a.Words) : groups[a.Number].Name.Length - groups[b.Number].Name.Length);
        var letters = groups.LettersOfNames();
        for (var number = 1; number < letters.Length; number++)
        {
            if (groups[number] is not { } group) continue;
            var (words, worst) = (0, MatchQuality.Whole);
            for (var i = 0; i < _letters.Length; i++)
            {
                if ((_letters[i] & ~letters[number]) != 0) continue;
                var quality = NameMatch.Best(sought.Words[i], group.Name, group.Id);
                if (quality == MatchQuality.None) continue;
                words |= 1 << i;
                if (quality < worst) worst = quality;
            }
            if (words != 0) best.Add((number, words, worst), worst);
        }
        return [.. best.Best.Select(b => b.Thing)];
    }

    private int CompareRows(int a, int b)
    {
        if (table.IsCurrent(a) != table.IsCurrent(b)) return table.IsCurrent(a) ? -1 : 1;
        var (later, earlier) = (table.Updated[a], table.Updated[b]);
        return later != earlier ? earlier.CompareTo(later) : table.Ids.Compare(table.Key[a], table.Key[b]);
    }

    private string NameOf(Deployment deployment)
    {
        var job = catalog.Jobs.Find(deployment.JobId)?.DisplayName ?? deployment.JobId;
        return deployment.ToVersion is { } version ? $"{job} v{version}" : job;
    }

    // The shorter name is matched for the greater part.
    private static int ByName(Group a, Group b) =>
        a.Name.Length != b.Name.Length ? a.Name.Length - b.Name.Length
        : NaturalOrder.Instance.Compare(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id);
}
