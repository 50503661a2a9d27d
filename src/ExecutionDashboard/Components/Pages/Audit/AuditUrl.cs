using System.Globalization;
using ExecutionDashboard.Components.Shared.Lists;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Components.Pages.Audit;

/// <summary>The state of the list of acts, as its address has it.</summary>
/// <param name="Query">Filters.</param>
/// <param name="Open">Number of the act that is open beside the list; 0 for none.</param>
/// <param name="Rows">Acts that are listed.</param>
public sealed record AuditUrl(AuditQuery Query, long Open, int Rows)
{
    /// <summary>Address of the list.</summary>
    public const string Path = "audit";

    /// <summary>Acts that are listed first, and that each "Show more" adds.</summary>
    public const int PageSize = 50;

    /// <summary>Parses an address; unknown parts are ignored.</summary>
    public static AuditUrl Parse(string address)
    {
        var open = 0L;
        foreach (var (key, value) in QueryText.OfAddress(address))
            if (key == "open" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) open = number;
        return new(AuditQuery.Parse(QueryText.QueryOf(address)) with { Before = 0 }, open, Math.Min(ListLength.Of(address, PageSize), AuditLimits.Acts));
    }

    /// <summary>The address.</summary>
    public override string ToString()
    {
        string[] parts = [Query.ToUrl(), Open > 0 ? string.Create(CultureInfo.InvariantCulture, $"open={Open}") : "", Rows > PageSize ? string.Create(CultureInfo.InvariantCulture, $"rows={Rows}") : ""];
        var query = string.Join('&', parts.Where(part => part.Length > 0));
        return query.Length > 0 ? $"{Path}?{query}" : Path;
    }
}
