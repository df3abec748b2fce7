namespace Parley.Server.Gateway;

/// <summary>The open sockets of one user, copied on write so that delivery reads them without a lock.</summary>
internal sealed class UserConnections
{
    private readonly Lock _gate = new();
    private volatile Connection[] _open = [];

    public Connection[] Open => _open;

    /// <returns>Whether it is the first.</returns>
    public bool Add(Connection connection)
    {
        lock (_gate)
        {
            _open = [.. _open, connection];
            return _open.Length == 1;
        }
    }

    /// <returns>Whether it was the last.</returns>
    public bool Remove(Connection connection)
    {
        lock (_gate)
        {
            var before = _open.Length;
            _open = [.. _open.Where(c => c != connection)];
            return before == 1 && _open.Length == 0;
        }
    }
}
