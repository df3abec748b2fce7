namespace Parley.Server.Site;

/// <summary>The body of <c>/demo.json</c>.</summary>
/// <param name="Account">The demo's account.</param>
/// <param name="Agents">Who can log in.</param>
internal sealed record DemoBody(string Account, IReadOnlyList<DemoBody.Agent> Agents)
{
    /// <param name="Login">His name.</param>
    /// <param name="Password">As it was made, or as somebody has written it into <c>lp.env</c>.</param>
    /// <param name="Role"><c>agent</c>, <c>manager</c> or <c>admin</c>.</param>
    internal sealed record Agent(string Login, string Password, string Role);
}
