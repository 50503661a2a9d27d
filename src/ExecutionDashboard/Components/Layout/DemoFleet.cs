namespace ExecutionDashboard.Components.Layout;

/// <summary>Whether the fleet on the pages is invented. Then every page and the tab's title say DEMO, so that nobody takes it for a real one.</summary>
/// <param name="IsShown">The control plane is a simulator.</param>
public sealed record DemoFleet(bool IsShown);
