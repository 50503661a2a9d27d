namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// Marks a page that is prerendered into the HTML document, so that its first rows are visible before scripts and connection are ready. Only for pages that show data
/// from memory: anything a page loads would be loaded twice and delay the document.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PrerenderedAttribute : Attribute;
