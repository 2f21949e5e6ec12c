@echo off
rem Starts the command on Windows: fluvia --help says what it does.
rem Environment: JAVA_HOME (a JDK, version 17 or later; else the PATH's java), FLUVIA_OPTS (more options for the JVM),
rem   FLUVIA_CLASSPATH (jars or folders that models may use), FLUVIA_SIMD=off (start without the Vector API).
rem Names of variables know no case here, and a parenthesis in a path would end a block: so no blocks.
setlocal

set "fluvia_home=%~dp0.."
if not exist "%fluvia_home%\lib\" goto misplaced

set "fluvia_java=java.exe"
if defined JAVA_HOME set "fluvia_java=%JAVA_HOME%\bin\java.exe"
rem a JRE has no compiler for models, and an older Java has no vectors
"%fluvia_java%" --add-modules jdk.compiler,jdk.incubator.vector -version >nul 2>&1
if errorlevel 1 goto nojdk

rem two collectors are an error
set "fluvia_gc=-XX:+UseSerialGC"
echo "%FLUVIA_OPTS%" | "%SystemRoot%\System32\find.exe" "GC" >nul
if not errorlevel 1 set "fluvia_gc="
set "fluvia_vectors=--add-modules jdk.incubator.vector"
if /i "%FLUVIA_SIMD%"=="off" set "fluvia_vectors=-Dfluvia.simd=off"
set "fluvia_jars=%fluvia_home%\lib\*"
if defined FLUVIA_CLASSPATH set "fluvia_jars=%fluvia_jars%;%FLUVIA_CLASSPATH%"

"%fluvia_java%" -Xshare:auto %fluvia_gc% %fluvia_vectors% %FLUVIA_OPTS% -cp "%fluvia_jars%" org.fluvia.cli.FluviaCommand %*
exit /b %errorlevel%

:misplaced
echo fluvia: there is no "%fluvia_home%\lib": this script belongs into the folder bin of Fluvia, unpacked from its zip 1>&2
exit /b 1

:nojdk
echo fluvia: needs a JDK, version 17 or later, and "%fluvia_java%" is none. Install one and set JAVA_HOME to its folder. 1>&2
exit /b 1
