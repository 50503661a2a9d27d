namespace ExecutionDashboard.Components.Shared.Live;

/// <summary>
/// A page that is drawn into the document itself, before the browser has any script or connection: its first rows are there at once, and come to life with the
/// connection. Only for a page that shows what is in memory: whatever it loads, it would load twice and hold the document back.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PrerenderedAttribute : Attribute;
