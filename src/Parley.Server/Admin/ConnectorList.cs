namespace Parley.Server.Admin;

public sealed record ConnectorList(IReadOnlyList<ConnectorView> Connectors);
