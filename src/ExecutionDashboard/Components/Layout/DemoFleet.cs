namespace ExecutionDashboard.Components.Layout;

/// <summary>Whether the fleet is simulated. Every page and the tab's title then show DEMO, so that nobody takes it for a real one.</summary>
/// <param name="IsShown">Whether the control plane is a simulator.</param>
public sealed record DemoFleet(bool IsShown);
