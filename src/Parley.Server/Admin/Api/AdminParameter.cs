namespace Parley.Server.Admin.Api;

/// <summary>A parameter of the query.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Type">Its JSON schema type.</param>
/// <param name="Description">What it does.</param>
internal sealed record AdminParameter(string Name, string Type, string Description);
